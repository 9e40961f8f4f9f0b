/**
 * The rescue file: everything that the server does not have yet, sealed as it lies here, signed by this tablet. It is
 * made without any unlock and opened only with the server's key. Its head is one line; the sections are not copied.
 */
import { version as appVersion } from '../../package.json'
import type { DeviceRow, Store } from '../store/schema'
import { attachmentRows, moduleRows, visitRows } from '../store/visits'
import { Refused } from '../tablet'
import { base64, sha256, utf8 } from '../vault/bytes'
import { signRescue } from '../vault/device'

interface Section {
  visit: number
  kind: 'submission' | 'attachment' | 'draft'
  instance_id: string
  name: string
  bytes: number
  sha256: string
  content_sha256: string
}

export async function rescueFile(store: Store, device: DeviceRow, madeAt: string): Promise<Blob> {
  if (device.rescueKey === null) throw new Refused('no_rescue_key')
  const modules = await moduleRows(store)
  const files = await attachmentRows(store)
  const used = new Set([...modules, ...files].map((one) => one.visitId))
  const visits = (await visitRows(store)).filter((visit) => used.has(visit.visitId))
  const numberOf = new Map(visits.map((visit, number) => [visit.visitId, number]))
  const pieces = [
    ...modules.map((one) => ({ ...one, name: '', kind: one.state === 'signed' ? 'submission' : 'draft' }) as const),
    ...files.map((one) => ({ ...one, kind: 'attachment' }) as const),
  ]
  const sections = pieces.map((one): Section => ({
    visit: numberOf.get(one.visitId) ?? -1, kind: one.kind, instance_id: one.instanceID, name: one.name,
    bytes: one.sealed.size, sha256: one.sealedSha256, content_sha256: one.sha256,
  }))
  const manifest = utf8(JSON.stringify({
    format: 1, id: crypto.randomUUID(), device_id: device.id, key_id: (await sha256(device.rescueKey)).slice(0, 16),
    made_at: madeAt, app_version: appVersion, visits: visits.map(wrapped), sections,
  }))
  const head = JSON.stringify({ manifest: base64(manifest), signature: await signRescue(device.keys, manifest) })
  return new Blob([`${head}\n`, ...pieces.map((one) => one.sealed)], { type: 'application/vnd.humiao.rescue' })
}

function wrapped({ visitId, wrapped }: { visitId: string; wrapped: { server: Uint8Array<ArrayBuffer> | null } }) {
  if (wrapped.server === null) throw new Refused('no_rescue_key', { visit: visitId })
  return { visit: visitId, wrapped: base64(wrapped.server) }
}
