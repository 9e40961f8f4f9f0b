/**
 * The server's rescue key after it was changed. A signed package says which is the newest, so nobody on the way can
 * offer an older one again; the key itself is believed only with the signature of the key of packages.
 */
import { keepDevice } from '../store/device'
import type { DeviceRow, Store } from '../store/schema'
import { Refused } from '../tablet'
import { fromBase64, joined, utf8 } from '../vault/bytes'
import { isSigned } from '../vault/device'
import { keyIdOf } from '../vault/wraps'
import { json, type Ask } from './network'

/** Ask for the key that a package names, where another one is held. Throws Refused if another one comes. */
export async function takeRescueKey(store: Store, ask: Ask, device: DeviceRow, named: string | undefined): Promise<void> {
  const { rescueKey: held, packageKey } = device
  if (named === undefined || packageKey === null || (held !== null && (await keyIdOf(held)) === named)) return
  const said = await json<{ public_key: string; signature: string }>(await ask('/api/v1/rescue/key'))
  const rescueKey = fromBase64(said.public_key)
  const isOurs = await isSigned(packageKey, fromBase64(said.signature), joined(utf8('humiao-rescue-key-v1\n'), rescueKey))
  if (!isOurs || (await keyIdOf(rescueKey)) !== named) throw new Refused('rescue_key_not_signed')
  await keepDevice(store, { ...device, rescueKey })
}
