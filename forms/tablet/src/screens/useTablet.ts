/** The one door of the tablet, and the plain functions beside it, handed to every screen from above. */
import { inject, type InjectionKey } from 'vue'

import type { Tablet } from '../tablet'
import type { Tools } from '../tools'

export const TABLET: InjectionKey<Tablet> = Symbol('tablet')
export const TOOLS: InjectionKey<Tools> = Symbol('tools')

function given<T>(key: InjectionKey<T>): T {
  const value = inject(key)
  if (value === undefined) throw new Error(`${String(key.description)} is not provided`)
  return value
}

export const useTablet = (): Tablet => given(TABLET)
export const useTools = (): Tools => given(TOOLS)
