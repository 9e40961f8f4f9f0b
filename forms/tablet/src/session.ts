/** Who is signed in, with what opens their work: in memory only, gone when the tablet is closed. */
import type { Clock } from './clock'
import { visitKey, type Keeper } from './outbox/visits'
import { packageSecret, unpack, type Unpacked } from './packages/held'
import { behindMs, officer as knownOfficer, seen } from './store/device'
import { heldPackage } from './store/package'
import type { OfficerRow, Store, VisitRow } from './store/schema'
import { Refused, type UnlockWith } from './tablet'
import { expire, openUnlock } from './unlocking'
import type { Bytes } from './vault/bytes'
import type { Authenticator } from './vault/unlock'

export interface Session { officer: OfficerRow; keeper: Keeper; secret: Bytes | null; register: Unpacked | null; keys: Map<string, CryptoKey> }

export function sessions(opened: Promise<Store>, clock: Clock, authenticator: Authenticator) {
  const time = { highest: 0, behindMs: 0, expiresAt: 0 }
  let session: Session | null = null

  /** Note the time, and give the highest ever seen. */
  async function look(): Promise<number> {
    const store = await opened
    time.highest = await seen(store, clock.now())
    time.behindMs = await behindMs(store)
    time.expiresAt = Date.parse((await heldPackage(store))?.expiresAt ?? '')
    return time.highest
  }

  const isPast = (): boolean => Math.max(time.highest, clock.now() + time.behindMs) >= time.expiresAt

  function open(): Session {
    if (session === null) throw new Refused('locked')
    return session
  }

  return {
    look,
    open,
    current: () => session,
    close: () => void (session = null),

    async start(officer: OfficerRow, privateKey: CryptoKey): Promise<void> {
      const store = await opened
      await look()
      const keeper = { id: officer.id, publicKey: officer.publicKey, privateKey }
      const secret = await packageSecret(store, officer.id, privateKey)
      const register = secret && (await unpack(store, secret, clock))
      session = { officer, keeper, secret, register, keys: new Map() }
    },

    /** An officer of this tablet whose unlock was right. */
    async proven(officerId: number, how: UnlockWith): Promise<{ officer: OfficerRow; privateKey: CryptoKey }> {
      const store = await opened
      if (session === null) await expire(store, await look())
      const officer = await knownOfficer(store, officerId)
      if (officer === null) throw new Refused('officer_unknown')
      return { officer, privateKey: await openUnlock(store, officer, how, authenticator) }
    },

    /** The key of a visit of whoever is signed in; null for all others. */
    async keyOf(row: VisitRow): Promise<CryptoKey | null> {
      if (session === null) return null
      const { keys, keeper } = session
      const key = keys.get(row.visitId) ?? (await visitKey(row, keeper))
      if (key !== null) keys.set(row.visitId, key)
      return key
    },

    remember(row: VisitRow, key: CryptoKey): void {
      session?.keys.set(row.visitId, key)
    },

    hasRegister(): boolean {
      return session?.register != null && !isPast()
    },

    register(): Unpacked {
      const { register } = open()
      if (register === null) throw new Refused('no_package')
      if (isPast()) throw new Refused('package_expired')
      return register
    },
  }
}
