/** Preparing for the day: the package or what it lacks, verified and kept at once, and the forms that it names. */
import { version as appVersion } from '../../package.json'
import { instant, type Clock } from '../clock'
import { keepPackage } from '../packages/held'
import { verified, type Received } from '../packages/verify'
import { correctClock } from '../store/device'
import { form, heldPackage, keepForm } from '../store/package'
import type { DeviceRow, Store } from '../store/schema'
import { Refused, type Progress } from '../tablet'
import type { FormSaid } from '../packages/unpack'
import { sha256, type Bytes } from '../vault/bytes'
import { NotNow, whole, type Ask } from './network'

/** A package that was taken: the key that it now lies under, and which rescue key it names. */
export interface TakenPackage { secret: Bytes; rescueKeyId: string | undefined }

/** Take a package. Without the key of the one that is held, all of it is taken. */
export async function takePackage(
  store: Store, ask: Ask, device: DeviceRow, secret: Bytes | null, clock: Clock, progress: Progress,
): Promise<TakenPackage> {
  if (device.packageKey === null || device.id === null) throw new Refused('not_enrolled')
  const row = await heldPackage(store)
  const held = row === null ? null : { version: row.version, madeAt: row.madeAt }
  const expected = { packageKey: device.packageKey, deviceId: device.id, held }
  const since = secret === null ? '' : (held?.version ?? '')
  const came = await downloaded(ask, since, expected, progress)
  progress('applying', 0, 1)
  const now = clock.now()
  const kept = await keepPackage(store, came, secret, instant(now))
  await correctClock(store, now, Date.parse(came.manifest.made_at))
  progress('applying', 1, 1)
  return { secret: kept, rescueKeyId: came.manifest.rescue_key_id }
}

async function downloaded(ask: Ask, since: string, expected: Parameters<typeof verified>[1], progress: Progress): Promise<Received> {
  progress('asking', 0, 1)
  const asked = new URLSearchParams({ since, app_version: appVersion })
  const content = await body(await ask(`/api/v1/package?${asked}`), progress)
  progress('verifying', 0, 1)
  try {
    return await verified(content, expected)
  } catch (problem) {
    const isOther = problem instanceof Refused && problem.word === 'package_does_not_complete' && since !== ''
    if (!isOther) throw problem
    return downloaded(ask, '', expected, progress)
  }
}

/** The bytes of an answer, with word of how many have come. */
async function body(answer: Response, progress: Progress): Promise<Bytes> {
  const of = Number(answer.headers.get('Content-Length') ?? 0)
  const parts: BlobPart[] = []
  let done = 0
  const reader = answer.body?.getReader()
  for (let next = await read(reader); next !== null; next = await read(reader)) {
    parts.push(next)
    progress('receiving', (done += next.length), Math.max(of, done))
  }
  if (done < of) throw new NotNow('offline')
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

async function read(reader: ReadableStreamDefaultReader<Bytes> | undefined): Promise<Bytes | null> {
  if (reader === undefined) return null
  const { done, value } = await whole(reader.read())
  return done ? null : value
}

/** Fetch the forms that are not here in this version; the signed package says by which hash each is known. */
export async function takeForms(store: Store, ask: Ask, forms: FormSaid[], progress: Progress): Promise<void> {
  for (const [done, { id, version, sha256: hash }] of forms.entries()) {
    progress('forms', done, forms.length)
    if ((await form(store, id, version)) !== null) continue
    const answer = await ask(`/tablet/forms/${encodeURIComponent(id)}/${encodeURIComponent(version)}.xml`)
    const xml = await whole(answer.blob())
    if ((await sha256(xml)) !== hash) throw new Refused('form_differs', { form: id })
    await keepForm(store, { id, version, xml: await xml.text() })
  }
  progress('forms', forms.length, forms.length)
}
