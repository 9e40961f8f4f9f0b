/** Where a lead is noted: asked quietly where the device answers without asking, else when somebody wants it. */
import { type Ref, ref, shallowRef } from 'vue'

import { type Here, mayAskQuietly, whereAmI } from '../here'

const LONGEST_MS = 3_000

export interface Noted { here: Ref<Here | null>; measuring: Ref<boolean>; measure(): Promise<void>; measureQuietly(): Promise<void>; settled(): Promise<void>; forget(): void }

export function usePosition(): Noted {
  const here = shallowRef<Here | null>(null)
  const measuring = ref(false)
  let asked: Promise<void> = Promise.resolve()

  let lead = 0

  async function ask(): Promise<void> {
    const before = lead
    measuring.value = true
    const found = await whereAmI().catch(() => here.value)
    if (before !== lead) return // it was asked for the lead before
    here.value = found
    measuring.value = false
  }
  const measure = (): Promise<void> => (asked = ask())

  return {
    here,
    measuring,
    measure,
    async measureQuietly() {
      if (await mayAskQuietly()) await measure()
    },
    /** The next lead is noted somewhere else. */
    forget() {
      lead++
      here.value = null
      measuring.value = false
      asked = Promise.resolve()
    },
    /** A lead does not wait long for its position: it is kept without one rather than lost. */
    settled: () => Promise.race([asked, new Promise<void>((done) => setTimeout(done, LONGEST_MS))]),
  }
}
