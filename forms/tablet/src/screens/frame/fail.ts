/** When the tablet does not open at all: says so in words, instead of an empty page. */
import { createApp } from 'vue'

import { Refused } from '../../tablet'
import { t } from '../../words'
import { REFUSALS } from '../../words/refusals'
import { explain } from '../deed'
import { followLook } from '../look'
import FailedScreen from './FailedScreen.vue'

export function fail(error: unknown): void {
  followLook()
  const name = error instanceof Error ? error.name : String(error)
  const reason = error instanceof Refused ? explain(error) : t(REFUSALS.unknown, { word: name })
  createApp(FailedScreen, { reason }).mount('#app')
  if (!(error instanceof Refused)) throw error
}
