/**
 * A tablet that is let in no longer asks whether it was revoked. Only the office's own signature counts, and then what
 * opens content is destroyed, with the package and what the server has; what it does not have yet is never touched.
 */
import { keepDevice } from '../store/device'
import { forgetProposals, forgetRemoved } from '../store/items'
import { destroyKeys } from '../store/package'
import type { DeviceRow, Store } from '../store/schema'
import { Refused } from '../tablet'
import { fromBase64, joined, text, utf8 } from '../vault/bytes'
import { isSigned } from '../vault/device'
import { json, type Ask } from './network'

/** Whether the tablet was wiped. */
export async function wipeIfAsked(store: Store, ask: Ask, device: DeviceRow): Promise<boolean> {
  if (!(await isAsked(ask, device).catch(isNothing))) return false
  await destroyKeys(store)
  await forgetRemoved(store)
  await forgetProposals(store)
  await keepDevice(store, { ...device, token: null })
  return true
}

async function isAsked(ask: Ask, { id, packageKey }: DeviceRow): Promise<boolean> {
  const answer = await json<{ said: string; signature: string }>(await ask('/tablet/wipe'))
  const said = fromBase64(answer.said)
  if (packageKey === null || !(await isSigned(packageKey, fromBase64(answer.signature), joined(utf8('humiao-wipe-v1\n'), said)))) return false
  return (JSON.parse(text(said)) as { wipe: number }).wipe === id
}

function isNothing(problem: unknown): false {
  if (problem instanceof Refused) return false
  throw problem
}
