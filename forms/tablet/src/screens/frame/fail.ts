/** When the tablet does not open at all: says so in words, instead of an empty page. */
import { createApp } from 'vue'

import { explain } from '../deed'
import { followLook } from '../look'
import FailedScreen from './FailedScreen.vue'

export function fail(error: unknown): void {
  followLook()
  createApp(FailedScreen, { reason: explain(error) }).mount('#app')
}
