/** The readiness list (出发检查): what is on the tablet, in which version, and what is wrong with it. */
import { instant } from './clock'
import type { Disk } from './outbox/storage'
import { room } from './outbox/storage'
import { numbersLeft, type Unpacked } from './packages/held'
import { behindMs, officers } from './store/device'
import { form, heldPackage } from './store/package'
import type { Store } from './store/schema'
import type { Readiness, ReadyItem } from './tablet'

const SKEW_MS = 5 * 60_000
/** Without these nobody should leave; of the others the officer is told. */
const NEEDED = new Set(['forms', 'law', 'venues', 'clock', 'expiry'])

export async function readiness(store: Store, disk: Disk, register: Unpacked | null, now: number, highest: number): Promise<Readiness> {
  const held = await heldPackage(store)
  const known = { version: held?.version ?? null, at: held?.takenAt ?? null }
  const of = (what: ReadyItem['what'], count: number | null, problem: string | null, more: Partial<ReadyItem> = {}): ReadyItem =>
    ({ what, count, ...known, problem, ...more })
  const { usedBytes, quotaBytes, problem: storageProblem } = await room(disk)
  const behind = await behindMs(store)
  const unlocks = (await officers(store)).filter((one) => one.unlock !== null).length
  const isPast = held === null || highest >= Date.parse(held.expiresAt)
  const law = register?.law as { version?: number } | null | undefined
  const items = [
    await forms(store, register, of),
    of('law', null, law ? null : 'law_missing', { version: law?.version === undefined ? null : String(law.version) }),
    of('venues', register?.venues.size ?? 0, register?.venues.size ? null : 'venues_missing'),
    of('sites', register?.sites.size ?? 0, null),
    of('tasks', register?.tasks.length ?? 0, null),
    numbers(register, held?.unnumbered ?? [], of),
    of('contacts', null, isReached(register) ? null : 'contacts_missing'),
    of('storage', null, storageProblem),
    of('persisted', null, (await disk.persisted()) ? null : 'not_persisted'),
    of('clock', null, clockProblem(behind, highest - now), { at: instant(highest) }),
    of('second_officer', unlocks, unlocks > 1 ? null : 'no_second_officer'),
    of('expiry', null, isPast ? 'expired' : null, { at: held?.expiresAt ?? null }),
  ]
  const ready = items.every(({ what, problem }) => problem === null || (!NEEDED.has(what) && problem !== 'storage_full'))
  return { ready, items, storage: { usedBytes, quotaBytes }, expiresAt: held?.expiresAt ?? null }
}

/** By how much a clock is behind the server's, and behind the latest time that was ever seen. */
function clockProblem(behindMs: number, backMs: number): string | null {
  if (backMs - behindMs > SKEW_MS) return 'clock_set_back'
  return Math.abs(behindMs) > SKEW_MS ? 'clock_wrong' : null
}

/** Where the office numbers a kind of document, one must be left; where it does not, somebody there can change that. */
function numbers(
  register: Unpacked | null, unnumbered: string[], of: (what: 'numbers', count: number, problem: string | null) => ReadyItem,
): ReadyItem {
  const left = numbersLeft(register)
  const isMissing = left.some(([kind, count]) => count === 0 && !unnumbered.includes(kind))
  const count = left.reduce((sum, [, one]) => sum + one, 0)
  return of('numbers', count, isMissing ? 'numbers_missing' : unnumbered.length > 0 ? 'numbers_unnumbered' : null)
}

/** Whether documents can say whom to call, where to complain, and how to prove a correction. */
function isReached(register: Unpacked | null): boolean {
  const contact = register?.contact
  return Boolean(contact?.phone && contact.complaintPhone && (contact.address ?? contact.email))
}

async function forms(
  store: Store, register: Unpacked | null, of: (what: 'forms', count: number, problem: string | null) => ReadyItem,
): Promise<ReadyItem> {
  const named = register?.formsSaid ?? []
  const here = await Promise.all(named.map(({ id, version }) => form(store, id, version)))
  const count = here.filter((one) => one !== null).length
  return of('forms', count, count > 0 && count === named.length ? null : 'forms_missing')
}
