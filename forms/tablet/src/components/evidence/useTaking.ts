/** Taking a picture from a screen: busy while the original is secured, and why it was refused. */
import { type Ref, ref } from 'vue'

import { explain } from '../../screens/deed'
import { Refused } from '../../tablet'
import { t } from '../../words'
import { evidence as words } from '../../words/evidence'

const MB = 1 << 20

export function useTaking(keep: (picture: Blob) => Promise<void>): { busy: Ref<boolean>; refusal: Ref<string>; take(picture: Blob): Promise<void> } {
  const busy = ref(false)
  const refusal = ref('')
  async function take(picture: Blob): Promise<void> {
    busy.value = true
    refusal.value = ''
    try {
      await keep(picture)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      refusal.value = said(error)
    } finally {
      busy.value = false
    }
  }
  return { busy, refusal, take }
}

function said(refused: Refused): string {
  const { word, facts } = refused
  if (word === 'picture_too_large') return t(words.tooLarge, { mb: inMb(facts.bytes), limit: inMb(facts.limit) })
  return word === 'not_a_picture' ? t(words.notAPicture) : t(words.notKept, { reason: explain(refused) })
}

function inMb(bytes: unknown): string {
  return (Number(bytes) / MB).toFixed(1)
}
