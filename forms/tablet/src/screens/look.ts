/** How this tablet speaks and looks: language and outdoor mode, kept between launches. Nothing here is secret. */
import { shallowReactive, watchEffect } from 'vue'

import type { Language } from '../trade'
import { speakThrough, t } from '../words'
import { shell } from '../words/shell'

export const look = shallowReactive<{ language: Language; outdoor: boolean }>({ language: 'zh', outdoor: false })

/** From now on words and colours follow what is chosen. */
export function followLook(): void {
  look.language = localStorage.getItem('humiao.language') === 'en' ? 'en' : 'zh'
  look.outdoor = localStorage.getItem('humiao.outdoor') === 'yes'
  speakThrough(look)
  watchEffect(() => {
    const root = document.documentElement
    root.lang = look.language === 'zh' ? 'zh-CN' : 'en'
    root.toggleAttribute('data-outdoor', look.outdoor)
    document.title = t(shell.app)
    localStorage.setItem('humiao.language', look.language)
    localStorage.setItem('humiao.outdoor', look.outdoor ? 'yes' : 'no')
  })
}
