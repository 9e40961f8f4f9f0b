/** What every screen shows of the tablet: is it open, who works with it, what is still to be sent, is there a network. */
import { inject, type InjectionKey, shallowReactive } from 'vue'

import type { Lock, Tablet } from '../tablet'
import type { Officer, OutboxItem, Proposal } from '../trade'

export interface Situation {
  lock: Lock
  officer: Officer | null
  outbox: OutboxItem[]
  proposals: Proposal[]
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

/** How much has not yet been verified by the server. */
export function unsent({ outbox, proposals }: Pick<Situation, 'outbox' | 'proposals'>): number {
  const items = outbox.filter(({ state }) => state !== 'verified' && state !== 'removable')
  return items.length + proposals.filter(({ state }) => state === 'here').length
}

/** Follows the tablet and the network from now on. */
export async function followSituation(tablet: Tablet): Promise<Situation> {
  const situation = shallowReactive<Situation>({
    lock: await tablet.lock(), officer: tablet.current(), outbox: [], proposals: [], online: navigator.onLine, update: null,
  })
  async function refresh(): Promise<void> {
    situation.lock = await tablet.lock()
    situation.officer = tablet.current()
    if (situation.lock !== 'not_enrolled') [situation.outbox, situation.proposals] = await Promise.all([tablet.outbox(), tablet.proposals()])
  }
  tablet.onChange(() => void refresh())
  for (const event of ['online', 'offline'] as const) {
    addEventListener(event, () => (situation.online = event === 'online'))
  }
  await refresh()
  return situation
}
