/** A visit and its key: 32 random bytes, wrapped to the officer's unlock and to the server. */
import type { VisitRow } from '../store/schema'
import { type Begun, Refused } from '../tablet'
import type { FormInfo, Module, Visit } from '../trade'
import { random, utf8, type Bytes } from '../vault/bytes'
import { openText, seal, sealingKey } from '../vault/hms1'
import { forVisit, keyIdOf, unwrap, wrap, wrapToSpki } from '../vault/wraps'

/** Whoever is signed in, with what opens their visits. */
export interface Keeper { id: number; publicKey: Bytes; privateKey: CryptoKey }

/** The place of a piece of content: what a rescue file and the server know it by. */
export const placeOf = (instanceID: string, name: string): string => `tablet:${instanceID}:${name || 'xml'}`
export const asideOf = (instanceID: string, name: string): string => `aside:${instanceID}:${name || 'xml'}`

const visitPlace = (visitId: string) => `visit:${visitId}`

/** A visit that nobody has kept yet, with its new key. */
export async function begun(keeper: Keeper, rescueKey: Bytes | null, visit: Visit): Promise<{ row: VisitRow; key: CryptoKey }> {
  const secret = random(32)
  const info = forVisit(visit.visitId)
  const wrapped = {
    officer: await wrap(keeper.publicKey, secret, info),
    server: rescueKey === null ? null : { keyId: await keyIdOf(rescueKey), wrapped: await wrapToSpki(rescueKey, secret, info) },
  }
  const key = await sealingKey(secret)
  return { row: await described({ visitId: visit.visitId, officerId: keeper.id, open: 0, wrapped, sealed: new Blob() }, key, visit), key }
}

/** The key of a visit; null where it is another officer's, or was wrapped to an unlock that is destroyed. */
export async function visitKey(row: VisitRow, keeper: Keeper): Promise<CryptoKey | null> {
  if (row.officerId !== keeper.id) return null
  const secret = await unwrap(keeper.privateKey, row.wrapped.officer, forVisit(row.visitId)).catch(() => null)
  return secret && sealingKey(secret)
}

export async function visitOf(row: VisitRow, key: CryptoKey): Promise<Visit> {
  return JSON.parse(await openText(key, row.sealed, visitPlace(row.visitId))) as Visit
}

/** The row with what is now said about the visit. */
export async function described(row: VisitRow, key: CryptoKey, visit: Visit): Promise<VisitRow> {
  const open = visit.modules.filter(({ state }) => state === 'open').length
  return { ...row, open, sealed: await seal(key, utf8(JSON.stringify(visit)), visitPlace(row.visitId)) }
}

/** The modules of a new visit: one for each activity, in the version of the form that is current now. */
export function modulesFor(forms: FormInfo[], activities: string[], ahead: Begun | null = null): Module[] {
  return activities.map((activity) => {
    const chosen = forms.find((one) => one.activity === activity)
    if (chosen === undefined) throw new Refused('form_unknown', { activity })
    const instanceID = ahead?.activity === activity ? ahead.instanceID : `uuid:${crypto.randomUUID()}`
    return { instanceID, formId: chosen.id, formVersion: chosen.version, activity, state: 'open' }
  })
}
