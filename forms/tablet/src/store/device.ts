/** This tablet, its officers and the time it has seen. */
import type { Officer } from '../trade'
import { DURABLE, type DeviceRow, type OfficerRow, type Store } from './schema'

export async function device(store: Store): Promise<DeviceRow | null> {
  return (await store.get('device', 'this')) ?? null
}

export async function keepDevice(store: Store, row: DeviceRow): Promise<void> {
  await store.put('device', row, 'this')
}

/** Note a time, and the server's if one is told; returns the highest ever seen. It never goes back. */
export async function seen(store: Store, now: number): Promise<number> {
  const change = store.transaction('clock', 'readwrite', DURABLE)
  const known = (await change.store.get('this')) ?? { highest: 0, behindMs: 0 }
  const highest = Math.max(known.highest, now + known.behindMs)
  if (highest > known.highest) await change.store.put({ ...known, highest }, 'this')
  await change.done
  return highest
}

/**
 * The server's time, as a signed package says it, corrects this clock in both directions. Only a package that is
 * newer than the one held gets here, so that no old answer can turn the time back.
 */
export async function correctClock(store: Store, now: number, server: number): Promise<void> {
  await store.put('clock', { highest: server, behindMs: server - now }, 'this')
}

export async function behindMs(store: Store): Promise<number> {
  return (await store.get('clock', 'this'))?.behindMs ?? 0
}

export const officerOf = ({ id, login, name, certificateNo, certificateValidTo, agency = null }: OfficerRow): Officer =>
  ({ id, login, name, certificateNo, certificateValidTo, agency })

export async function officers(store: Store): Promise<OfficerRow[]> {
  return store.getAll('officers')
}

export async function officer(store: Store, id: number): Promise<OfficerRow | null> {
  return (await store.get('officers', id)) ?? null
}

export async function keepOfficer(store: Store, row: OfficerRow): Promise<void> {
  const written = store.transaction('officers', 'readwrite', DURABLE)
  await written.store.put(row)
  await written.done
}

/** Count a try before it is made, so that a tablet that is switched off in between has counted it. */
export async function countTry(store: Store, id: number, by: 1 | -1 = 1): Promise<number> {
  const work = store.transaction('officers', 'readwrite', DURABLE)
  const row = await work.store.get(id)
  const wrongTries = (row?.wrongTries ?? 0) + by
  if (row !== undefined) await work.store.put({ ...row, wrongTries })
  await work.done
  return wrongTries
}

export async function forgetTries(store: Store, row: OfficerRow): Promise<void> {
  await keepOfficer(store, { ...row, wrongTries: 0 })
}

/** Destroy what an unlock opens. Content stays as it is, and so do the server's wraps. */
export async function destroyUnlock(store: Store, row: OfficerRow): Promise<void> {
  await keepOfficer(store, { ...row, unlock: null, wrongTries: 0 })
}
