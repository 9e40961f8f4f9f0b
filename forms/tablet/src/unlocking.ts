/**
 * Opening the tablet without a network. Five wrong tries, or a package that is past its day, destroy the unlocks and
 * the package's keys and nothing else: content stays for the rescue file, and the next online sign-in sets a new unlock.
 */
import { instant } from './clock'
import { behindMs, countTry, destroyUnlock, forgetTries, officers } from './store/device'
import { heldPackage, keepWraps } from './store/package'
import type { OfficerRow, Store } from './store/schema'
import { Refused, type Ended, type UnlockWith } from './tablet'
import { openByAuthenticator, openByPassword, TRIES, WrongUnlock, type Authenticator, type Unlock } from './vault/unlock'
import { privateKeyOf } from './vault/wraps'

/** The officer's private key. Throws Refused, with the tries that are left. */
export async function openUnlock(store: Store, row: OfficerRow, how: UnlockWith, authenticator: Authenticator): Promise<CryptoKey> {
  if (row.unlock === null) throw new Refused('sign_in_online')
  const by = 'password' in how ? 'password' : 'authenticator'
  if (row.unlock.by !== by) throw new Refused('other_unlock', { by: row.unlock.by })
  const tried = await countTry(store, row.id)
  if (tried > TRIES) return destroyed(store, row)
  try {
    const key = await opened(row.unlock, how, authenticator)
    await forgetTries(store, row)
    return await privateKeyOf(key)
  } catch (problem) {
    if (problem instanceof WrongUnlock) {
      if (tried >= TRIES) return destroyed(store, row)
      throw new Refused('wrong_unlock', { left: TRIES - tried })
    }
    await countTry(store, row.id, -1) // the officer called it off: nothing was tried
    throw problem
  }
}

async function opened(unlock: Unlock, how: UnlockWith, authenticator: Authenticator) {
  return 'password' in how ? openByPassword(unlock, how.password) : openByAuthenticator(unlock, authenticator)
}

async function destroyed(store: Store, row: OfficerRow): Promise<never> {
  await destroyUnlock(store, row)
  throw new Refused('unlock_destroyed')
}

/** End what is past its day, by the highest time ever seen: a clock that is set back revives nothing. */
export async function expire(store: Store, highest: number): Promise<void> {
  const held = await heldPackage(store)
  if (held === null || Object.keys(held.wraps).length === 0 || highest < Date.parse(held.expiresAt)) return
  for (const row of await officers(store)) await destroyUnlock(store, row)
  await keepWraps(store, {})
}

/** Why every unlock is gone; null where one is left, or none ever was. */
export async function ended(store: Store, now: number, highest: number): Promise<Ended | null> {
  const [held, known] = [await heldPackage(store), await officers(store)]
  if (known.length === 0 || known.some(({ unlock }) => unlock !== null)) return null
  if (held === null || highest < Date.parse(held.expiresAt)) return { because: 'wrong_tries' }
  const isBack = now + (await behindMs(store)) < Date.parse(held.expiresAt)
  return { because: 'expired', at: held.expiresAt, seen: isBack ? instant(highest) : null }
}
