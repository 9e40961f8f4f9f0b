/**
 * The rescue file: everything that the server does not have yet, sealed as it lies here, signed by this tablet. It is
 * made without any unlock and opened only with the server's key. Its head is one line; the sections are not copied.
 */
import { version as appVersion } from '../../package.json'
import { instant } from '../clock'
import { isLead } from '../outbox/states'
import { changeItem, itemRows } from '../store/items'
import { paperRows } from '../store/papers'
import type { DeviceRow, PaperRow, Store, VisitRow } from '../store/schema'
import { attachmentRows, moduleRows, visitRows } from '../store/visits'
import { Refused } from '../tablet'
import { base64, utf8 } from '../vault/bytes'
import { signRescue } from '../vault/device'
import { keyIdOf } from '../vault/wraps'
import { again, type Sending } from './send'
import { upload } from './upload'

interface Section {
  visit: number
  kind: 'submission' | 'attachment' | 'draft' | 'lead' | 'document'
  instance_id: string
  name: string
  bytes: number
  sha256: string
  content_sha256: string
  /** Of a document: what became of it. */
  number?: number | null
  how?: string
  handed_at?: string
}

export interface Rescue { id: string; file: Blob; sections: number }

export async function rescueFile(store: Store, device: DeviceRow, madeAt: string): Promise<Rescue> {
  if (device.rescueKey === null) throw new Refused('no_rescue_key')
  const modules = await moduleRows(store)
  const files = await attachmentRows(store)
  const papers = (await paperRows(store)).flatMap(pieceOf)
  const used = new Set([...modules, ...files, ...papers].map((one) => one.visitId))
  const visits = (await visitRows(store)).filter((visit) => used.has(visit.visitId))
  const numberOf = new Map(visits.map((visit, number) => [visit.visitId, number]))
  const pieces = [
    ...modules.map((one) => ({ ...one, name: '', kind: isLead(one.instanceID) ? 'lead' : one.state === 'signed' ? 'submission' : 'draft' }) as const),
    ...files.map((one) => ({ ...one, kind: 'attachment' }) as const),
    ...papers,
  ]
  const sections = pieces.map((one): Section => ({
    visit: numberOf.get(one.visitId) ?? -1, kind: one.kind, instance_id: one.instanceID, name: one.name,
    bytes: one.sealed.size, sha256: one.sealedSha256, content_sha256: one.sha256, ...('said' in one ? one.said : {}),
  }))
  const id = crypto.randomUUID()
  const manifest = utf8(JSON.stringify({
    format: 1, id, device_id: device.id, key_id: await keyIdOf(device.rescueKey),
    made_at: madeAt, app_version: appVersion, visits: visits.map(wrapped), sections,
  }))
  const head = JSON.stringify({ manifest: base64(manifest), signature: await signRescue(device.keys, manifest) })
  const file = new Blob([`${head}\n`, ...pieces.map((one) => one.sealed)], { type: 'application/vnd.humiao.rescue' })
  return { id, file, sections: sections.length }
}

/** A document that was handed over and is still to be sent. */
function pieceOf({ id, visitId, content }: PaperRow) {
  if (content === undefined) return []
  const { handed: { number, how, handed_at }, ...sealed } = content
  return [{ ...sealed, visitId, instanceID: id, name: '', kind: 'document', said: { number, how, handed_at } } as const]
}

/**
 * Send a rescue file over the network, for work that nobody can open here any more. It counts as uploaded, and is
 * verified like everything else once the office has opened it.
 */
export async function sendRescue({ store, ask, clock, keyOf }: Sending, device: DeviceRow): Promise<void> {
  const { id, file, sections } = await rescueFile(store, device, instant(clock.now()))
  if (sections === 0) throw new Refused('nothing_to_rescue')
  const patiently = <Result>(work: () => Promise<Result>) => again(clock, work)
  await upload(ask, { metadata: { rescue: id }, content: file, upload: null, keep: async () => undefined, patiently })
  for (const item of (await itemRows(store)).filter(({ state }) => state === 'here'))
    if ((await keyOf(item.visitId)) === null) await changeItem(store, item, { state: 'uploaded', changedAt: instant(clock.now()) })
}

function wrapped({ visitId, wrapped: { server } }: VisitRow) {
  if (server === null) throw new Refused('no_rescue_key', { visit: visitId })
  return { visit: visitId, key_id: server.keyId, wrapped: base64(server.wrapped) }
}
