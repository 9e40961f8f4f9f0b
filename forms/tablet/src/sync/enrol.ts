/** Letting this tablet in: it brings the code from the office's screen together with a key that it makes itself. */
import { version } from '../../package.json'
import { device, keepDevice } from '../store/device'
import type { Store } from '../store/schema'
import { Refused } from '../tablet'
import { fromBase64 } from '../vault/bytes'
import { asMeant, newDeviceKeys, newSealingKey, signEnrolment } from '../vault/device'
import { asking, json, type Network } from './network'

interface Enrolled { device: { id: number; name: string }; token: string; package_key: string; rescue_key?: string }

/**
 * `said` is the code, or what the square on the screen says. The key is kept before anything is asked: if the answer
 * is lost on its way, the same key may ask again under the same code.
 */
export async function enrol(store: Store, network: Network, said: string, name: string): Promise<void> {
  const known = await device(store)
  if (known?.token) throw new Refused('already_enrolled')
  const code = asMeant(said.slice(said.lastIndexOf('#') + 1))
  const isNew = known === null || known.id !== null // one that was revoked comes in again with a key of its own
  const sealing = known?.sealing ?? (await newSealingKey()) // what waits from before is sent after all
  const pending = !isNew ? known : { keys: await newDeviceKeys(), sealing, id: null, name, token: null, packageKey: null, rescueKey: null }
  await keepDevice(store, pending)
  const body = JSON.stringify({ code, name, app_version: version, ...(await signEnrolment(pending.keys, code)) })
  const answer = await asking(network)('/tablet/enrolment', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  const { device: here, token, package_key, rescue_key } = await json<Enrolled>(answer)
  const rescueKey = rescue_key === undefined ? null : fromBase64(rescue_key)
  await keepDevice(store, { ...pending, id: here.id, name: here.name, token, packageKey: fromBase64(package_key), rescueKey })
}
