/** An officer signs in with this tablet, online, and sets the unlock that they use without a network from then on. */
import { keepOfficer, officer as known } from '../store/device'
import type { OfficerRow, Store } from '../store/schema'
import { Refused, type UnlockWith } from '../tablet'
import { sealByAuthenticator, sealByPassword, SHORTEST, type Authenticator } from '../vault/unlock'
import { newPair, privateKeyOf } from '../vault/wraps'
import { json, type Ask } from './network'

interface OfficerSaid {
  id: number
  login: string
  name: string
  certificate_no: string | null
  certificate_valid_to: string | null
  agency?: string
}

/** Who signed in, and the key that their unlock now guards. Whoever is known gets a new pair only if theirs is lost. */
export async function signIn(
  store: Store, ask: Ask, authenticator: Authenticator, login: string, password: string, unlock: UnlockWith,
): Promise<{ row: OfficerRow; privateKey: CryptoKey }> {
  if ('password' in unlock && [...unlock.password].length < SHORTEST) throw new Refused('unlock_too_short', { shortest: SHORTEST })
  if ('authenticator' in unlock && !(await authenticator.available())) throw new Refused('no_authenticator')
  const body = JSON.stringify({ login, password })
  const answer = await ask('/tablet/officers', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  const said = await json<OfficerSaid>(answer)
  if ((await known(store, said.id))?.unlock) throw new Refused('officer_has_unlock')
  const pair = await newPair()
  const sealed = 'password' in unlock
    ? await sealByPassword(pair.privateKey, unlock.password)
    : await sealByAuthenticator(pair.privateKey, authenticator, said)
  const row: OfficerRow = {
    id: said.id, login: said.login, name: said.name, certificateNo: said.certificate_no,
    certificateValidTo: said.certificate_valid_to, agency: said.agency ?? null, publicKey: pair.publicKey,
    unlock: sealed, wrongTries: 0,
  }
  await keepOfficer(store, row)
  return { row, privateKey: await privateKeyOf(pair.privateKey) }
}
