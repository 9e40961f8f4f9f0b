/** What every screen shows of the tablet: is it open, who works with it, what is still to be sent, is there a network. */
import { inject, type InjectionKey, shallowReactive } from 'vue'

import type { Lock, Tablet } from '../tablet'
import type { Officer, OutboxItem } from '../trade'

export interface Situation {
  lock: Lock
  officer: Officer | null
  outbox: OutboxItem[]
  online: boolean
  /** Ends the old version of the app and starts the new one; null while there is none. */
  update: (() => void) | null
}

export const SITUATION: InjectionKey<Situation> = Symbol('situation')

export function useSituation(): Situation {
  const situation = inject(SITUATION)
  if (!situation) throw new Error('the situation is not provided')
  return situation
}

/** What has not yet been verified by the server. */
export const unsent = (outbox: OutboxItem[]): OutboxItem[] =>
  outbox.filter((item) => item.state !== 'verified' && item.state !== 'removable')

/** Follows the tablet and the network from now on. */
export async function followSituation(tablet: Tablet): Promise<Situation> {
  const situation = shallowReactive<Situation>({
    lock: await tablet.lock(), officer: tablet.current(), outbox: [], online: navigator.onLine, update: null,
  })
  async function refresh(): Promise<void> {
    situation.lock = await tablet.lock()
    situation.officer = tablet.current()
    if (situation.lock !== 'not_enrolled') situation.outbox = await tablet.outbox()
  }
  tablet.onChange(() => void refresh())
  for (const event of ['online', 'offline'] as const) {
    addEventListener(event, () => (situation.online = event === 'online'))
  }
  await refresh()
  return situation
}
