/**
 * Sending what is signed: all records first, then the files, then the question what the server holds. Every step may
 * be cut and done again: the instanceID makes it harmless, and nothing leaves the tablet before its hash came back.
 */
import { instant, type Clock } from '../clock'
import { heldAgainst, inOrder, isLead, isLeft, pauseAfter, type HeldByServer } from '../outbox/states'
import { documentPlace } from '../outbox/papers'
import { placeOf } from '../outbox/visits'
import { changeItem, itemRows, itemsOf, removeContent } from '../store/items'
import { paperRow } from '../store/papers'
import type { ItemRow, ModuleRow, Store } from '../store/schema'
import { attachmentRow, moduleRow } from '../store/visits'
import { Refused } from '../tablet'
import { Damaged, openBlob, openText } from '../vault/hms1'
import { leadAddress, sendLead } from './leads'
import { json, NotNow, whole, type Ask } from './network'
import { upload } from './upload'

const LARGE = 2 ** 20
const TRIES_AT_ONCE = 4
const SHORT_PAUSE_MS = 400

export interface Sending {
  store: Store
  ask: Ask
  clock: Clock
  /** Whether the server knows device signatures, as its answer to the enrolment says. */
  withSignature: boolean
  keyOf: (visitId: string) => Promise<CryptoKey | null>
}

export interface Outcome { sent: number; left: number; waiting: string | null }

/** `patient` leaves alone what has to wait a while after it failed; a person's button does not. */
export async function sendAll(sending: Sending, patient: boolean): Promise<Outcome> {
  const before = (await itemRows(sending.store)).filter(isLeft).length
  const waiting = await sendItems(sending, patient).catch((problem: unknown) => {
    if (problem instanceof Refused) return problem.word
    throw problem
  })
  const after = await itemRows(sending.store)
  const left = after.filter(isLeft).length
  const refused = after.some((item) => item.state === 'refused') ? 'refused' : null
  return { sent: before - left, left, waiting: waiting ?? refused }
}

async function sendItems(sending: Sending, patient: boolean): Promise<string | null> {
  const { store, clock } = sending
  let waiting: string | null = null
  for (const item of inOrder((await itemRows(store)).filter(({ state }) => state === 'here'))) {
    const key = await sending.keyOf(item.visitId)
    if (key === null) waiting = 'locked'
    else if (patient && item.notBefore > clock.now()) waiting = 'pausing'
    else if (await recordIsThere(store, item)) waiting = (await failed(sendItem(sending, item, key))) ?? waiting
  }
  const instances = new Set((await itemRows(store)).filter(({ state }) => state === 'uploaded').map((item) => item.instanceID))
  for (const instanceID of instances) waiting = (await failed(verify(sending, instanceID))) ?? waiting
  return waiting
}

/** What failed at the server holds up nothing else: then says so. What would stop all the others is thrown. */
async function failed(work: Promise<void>): Promise<string | null> {
  try {
    await work
    return null
  } catch (problem) {
    if (problem instanceof NotNow && problem.waiting === 'server_failed') return problem.waiting
    throw problem
  }
}

/** A file is sent only after its record. */
async function recordIsThere(store: Store, { instanceID, name }: ItemRow): Promise<boolean> {
  if (name === '') return true
  const record = (await itemsOf(store, instanceID)).find((one) => one.name === '')
  return record?.state === 'uploaded' || record?.state === 'verified'
}

async function sendItem(sending: Sending, item: ItemRow, key: CryptoKey): Promise<void> {
  const { store, clock } = sending
  const changed = (change: Partial<ItemRow>) => changeItem(store, item, { ...change, changedAt: instant(clock.now()) })
  const tries = item.tries + 1
  try {
    await deliver(sending, item, key)
    await changed({ state: 'uploaded', reason: null, tries })
  } catch (problem) {
    if (problem instanceof NotNow) {
      await changed({ tries, notBefore: clock.now() + pauseAfter(item.tries) })
      throw problem
    }
    if (!(problem instanceof Refused || problem instanceof Damaged)) throw problem
    await changed({ state: 'refused', reason: problem instanceof Refused ? problem.word : 'content_damaged', tries })
  }
}

async function deliver(sending: Sending, item: ItemRow, key: CryptoKey): Promise<void> {
  const { store, ask } = sending
  const { instanceID, name } = item
  if (item.paper) return deliverPaper(sending, instanceID, key)
  const record = await moduleRow(store, instanceID)
  const file = name === '' ? null : await attachmentRow(store, instanceID, name)
  if (record === null || (name !== '' && file === null)) throw new Refused('content_missing')
  const patiently = <Result>(work: () => Promise<Result>) => again(sending.clock, work)
  if (isLead(instanceID)) return patiently(() => sendLead(ask, record, file, key))
  if (file === null) return void (await patiently(async () => posted(ask, await recordBody(sending, record, key))))
  const content = await openBlob(key, file.sealed, placeOf(instanceID, name))
  if (file.bytes > LARGE) {
    const keep = async (upload: string | null) => void (await changeItem(store, item, { upload }))
    return upload(ask, { metadata: { instanceID, filename: name }, content, upload: item.upload, keep, patiently })
  }
  await patiently(async () => {
    const body = await recordBody(sending, record, key)
    body.append(name, content, name)
    return posted(ask, body)
  })
}

async function deliverPaper({ store, ask, clock }: Sending, id: string, key: CryptoKey): Promise<void> {
  const content = (await paperRow(store, id))?.content
  if (content === undefined) throw new Refused('content_missing')
  const said = { ...content.handed, content: await openText(key, content.sealed, documentPlace(id)) }
  const how = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(said) }
  await again(clock, async () => whole((await ask('/tablet/documents', how)).text()))
}

async function recordBody({ withSignature }: Sending, record: ModuleRow, key: CryptoKey): Promise<FormData> {
  const body = new FormData()
  const xml = await openBlob(key, record.sealed, placeOf(record.instanceID, ''), 'text/xml')
  body.append('xml_submission_file', xml, 'record.xml')
  if (withSignature && record.envelope !== null) {
    const signed = new Blob([JSON.stringify(record.envelope)], { type: 'application/json' })
    body.append('humiao_signature', signed, 'humiao_signature')
  }
  return body
}

async function posted(ask: Ask, body: FormData): Promise<string> {
  return whole((await ask('/tablet/submission', { method: 'POST', body })).text())
}

/** Ask what the server holds of a module or a document; where it holds all of it with our hashes, the content leaves the tablet. */
async function verify({ store, ask, clock, keyOf }: Sending, instanceID: string): Promise<void> {
  const before = await itemsOf(store, instanceID)
  const held = await again(clock, () => heldOf(ask, instanceID, before[0]?.paper)).catch((problem: unknown) => refusalOf(problem))
  if (typeof held === 'string') {
    const changedAt = instant(clock.now())
    for (const item of before.filter(({ state }) => state === 'uploaded')) await changeItem(store, item, { state: 'refused', reason: held, changedAt })
    return
  }
  const canSend = (await keyOf(before[0]?.visitId ?? '')) !== null
  const after = heldAgainst(before, held, canSend).map((item) => ({ ...item, changedAt: instant(clock.now()) }))
  if (after.every((item) => item.state === 'removable')) return removeContent(store, after)
  const moved = after.filter((item, at) => item.state !== before[at]?.state)
  for (const item of moved) await changeItem(store, item, item)
}

/** What the server destroyed on its day holds up no other module, and stays here until somebody looks. */
function refusalOf(problem: unknown): string {
  if (problem instanceof Refused && problem.word === 'content_destroyed') return problem.word
  throw problem
}

async function heldOf(ask: Ask, id: string, paper: true | undefined): Promise<HeldByServer | null> {
  try {
    if (!paper) return await json<HeldByServer>(await ask(isLead(id) ? leadAddress(id) : `/tablet/submissions/${encodeURIComponent(id)}`))
    const { sha256 } = await json<{ sha256: string }>(await ask(`/tablet/documents/${id}`))
    return { instance_id: id, xml_sha256: sha256, files: [] }
  } catch (problem) {
    if (problem instanceof Refused && problem.word === 'not_found') return null
    throw problem
  }
}

/** A line that breaks for a moment is tried again at once, after pauses that grow; then it is left for later. */
export async function again<Result>(clock: Clock, work: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (problem) {
      const isBroken = problem instanceof NotNow && problem.waiting === 'offline'
      if (!isBroken || tried === TRIES_AT_ONCE) throw problem
      await clock.pause(SHORT_PAUSE_MS * 2 ** tried)
    }
  }
}
