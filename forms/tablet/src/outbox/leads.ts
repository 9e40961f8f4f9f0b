/**
 * A lead from the street (线索): sealed like a visit under a key of its own, signed, and waiting from the first moment.
 * docs/tips.md describes the record.
 */
import { instant, type Clock } from '../clock'
import { keepLead } from '../store/leads'
import type { AttachmentRow, ModuleRow, Store } from '../store/schema'
import { Refused } from '../tablet'
import type { LeadPicture, NewLead } from '../trade'
import { sha256, utf8, type Bytes } from '../vault/bytes'
import { signEnvelope } from '../vault/device'
import { seal } from '../vault/hms1'
import { leadInstance, waiting } from './states'
import { needRoom, type Disk } from './storage'
import { begun, placeOf, type Keeper } from './visits'

/** As much as the server takes of one picture, and of the text. */
export const LARGEST_PICTURE = 8 * 2 ** 20
export const LONGEST_TEXT = 500

interface Around { store: Store; keys: CryptoKeyPair; clock: Clock; disk: Disk }

/** Eighteen digits as of an identity card, or eleven as of a mobile telephone, however they are parted. */
const PERSONAL_NUMBER = /(?<!\d)(?:[1-9]\d{16}[\dX]|1[3-9]\d{9})(?!\d)/i

export function holdsNumber(text: string): boolean {
  return PERSONAL_NUMBER.test(text.normalize('NFKC').replaceAll(/(?<=\d)[\s-]+(?=[\dX])/gi, ''))
}

/** Throws Refused where the text is too long or holds the number of a person, or the picture is too large. */
export async function noteLead(around: Around, keeper: Keeper, rescueKey: Bytes | null, lead: NewLead): Promise<void> {
  if (lead.text.length > LONGEST_TEXT) throw new Refused('text_too_long', { limit: LONGEST_TEXT })
  if (holdsNumber(lead.text)) throw new Refused('personal_number_found')
  const size = lead.pictures.reduce((sum, { content }) => sum + content.size, 0)
  if (lead.pictures.some(({ content }) => content.size > LARGEST_PICTURE)) throw new Refused('picture_too_large', { limit: LARGEST_PICTURE })
  await needRoom(around.disk, size)
  const id = crypto.randomUUID()
  const instanceID = leadInstance(id)
  const { row, key } = await begun(keeper, rescueKey, {
    visitId: id, officerId: keeper.id, secondOfficerId: null, taskId: null, venueId: null, startedAt: lead.seenAt, place: null, modules: [],
  })
  const files = await Promise.all(lead.pictures.map((one, at) => sealedPicture(key, instanceID, id, `${at + 1}.jpg`, one)))
  const content = utf8(JSON.stringify(recordOf(id, lead, files)))
  const enclosed = files.map(({ name, bytes, sha256: hash }) => ({ name, size: bytes, sha256: hash }))
  const sealed = await seal(key, content, placeOf(instanceID, ''))
  const record: ModuleRow = {
    instanceID, visitId: id, state: 'signed', bytes: content.length, sha256: await sha256(content), sealed,
    sealedSha256: await sha256(sealed), aside: new Blob(),
    envelope: await signEnvelope(around.keys, { instance_id: instanceID, xml_sha256: await sha256(content), files: enclosed }),
  }
  const at = instant(around.clock.now())
  await keepLead(around.store, { ...row, lead: true }, record, files, [{ ...record, name: '' }, ...files].map((one) => waiting(one, at)))
}

async function sealedPicture(key: CryptoKey, instanceID: string, visitId: string, name: string, { content }: LeadPicture): Promise<AttachmentRow> {
  const sealed = await seal(key, content, placeOf(instanceID, name))
  return {
    instanceID, name, visitId, bytes: content.size, sha256: await sha256(content), sealed, sealedSha256: await sha256(sealed), aside: new Blob(),
  }
}

function recordOf(id: string, { kind, seenAt, text, here, pictures }: NewLead, files: AttachmentRow[]) {
  return {
    id, kind, seen_at: seenAt, text,
    position: here && { lon: here.position[0], lat: here.position[1], accuracy_m: here.accuracyM, crs: 'wgs84' },
    pictures: pictures.map(({ minorPossible, clearAreas }, at) => ({
      name: files[at]?.name, size: files[at]?.bytes, sha256: files[at]?.sha256, minor_possible: minorPossible,
      clear_areas: clearAreas.map(({ x, y, width, height }) => [x, y, width, height]),
    })),
  }
}
