/** Doing something that may be refused: busy meanwhile, and afterwards either done or the reason in words. */
import { type Ref, ref } from 'vue'

import { Refused } from '../tablet'
import { t, wordFor } from '../words'
import { REFUSALS } from '../words/refusals'

/** A refusal in words. What has none yet names itself, so that somebody can be asked; an error of ours is logged too. */
export function explain(error: unknown): string {
  if (error instanceof DOMException && error.name === 'NotAllowedError') return t(REFUSALS.authenticator_cancelled)
  if (!(error instanceof Refused)) {
    console.error(error)
    return t(REFUSALS.unknown, { word: error instanceof Error ? error.name : String(error) })
  }
  const facts = Object.entries(error.facts).map(([name, fact]) => [name, String(fact)] as const)
  return wordFor(REFUSALS, error.word, REFUSALS.unknown, Object.fromEntries(facts))
}

export interface Deed { busy: Ref<boolean>; refusal: Ref<string | null>; run(deed: () => Promise<void>): Promise<boolean> }

/** `run` says whether it was done. */
export function useDeed(): Deed {
  const busy = ref(false)
  const refusal = ref<string | null>(null)
  async function run(deed: () => Promise<void>): Promise<boolean> {
    busy.value = true
    refusal.value = null
    try {
      await deed()
      return true
    } catch (error) {
      refusal.value = explain(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, refusal, run }
}
