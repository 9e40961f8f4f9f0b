/**
 * One visit while it is worked on. What is saved is sealed under the visit's key and on the disk when the promise is
 * kept; changes stand in line, so that an older one never overwrites a newer.
 */
import { instant, type Clock } from '../clock'
import type { AttachmentRow, ModuleRow, Store, VisitRow } from '../store/schema'
import { attachmentRow, attachmentsOf, keepDraft, keepFile, keepSigned, keepVisit, moduleRow, removeFile, visitRow } from '../store/visits'
import { Refused, type Filled, type VisitDesk } from '../tablet'
import type { Attachment, Draft, Module, Visit } from '../trade'
import { sha256, utf8 } from '../vault/bytes'
import { signEnvelope } from '../vault/device'
import { openBlob, openText, seal } from '../vault/hms1'
import { asDataUrl, keptFilled, makePaper, papers, sealedFilled, settle } from './papers'
import { waiting } from './states'
import { needRoom, type Disk } from './storage'
import { asideOf, described, placeOf, visitOf } from './visits'

export interface Around { store: Store; keys: CryptoKeyPair; clock: Clock; disk: Disk; changed: () => void; taken: (numberId: number) => void }

/** As much as the server takes of one file. */
export const LARGEST = 256 * 2 ** 20

type Aside = Pick<Draft, 'formId' | 'formVersion' | 'hidden' | 'savedAt'>
type FileAside = Omit<Attachment, 'sha256' | 'size'>

export async function deskOf(around: Around, opened: VisitRow, key: CryptoKey): Promise<VisitDesk> {
  const { store, clock } = around
  let row = opened
  let visit = await visitOf(row, key)
  const bench = { store, clock, visitId: opened.visitId, key, keys: around.keys, taken: around.taken }
  let line: Promise<unknown> = Promise.resolve()

  function inLine<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = line.then(work)
    line = turn.then(around.changed, () => undefined)
    return turn
  }

  /** The visit as it is on the disk by now, with a change: it may be open on another screen too. */
  async function changedRow(change: (now: Visit) => Partial<Visit>): Promise<[VisitRow, Visit]> {
    const kept = (await visitRow(store, visit.visitId)) ?? row
    const now = await visitOf(kept, key)
    const said = { ...now, ...change(now) }
    return [await described(kept, key, said), said]
  }

  function moduleOf(instanceID: string): Module {
    const known = visit.modules.find((one) => one.instanceID === instanceID)
    if (known === undefined) throw new Refused('module_unknown', { instanceID })
    return known
  }

  async function sealedModule(draft: Draft, state: ModuleRow['state'], envelope: ModuleRow['envelope']): Promise<ModuleRow> {
    const { instanceID, xml, formId, formVersion, hidden, savedAt } = draft
    const content = utf8(xml)
    const sealed = await seal(key, content, placeOf(instanceID, ''))
    const aside: Aside = { formId, formVersion, hidden, savedAt }
    return {
      instanceID, visitId: visit.visitId, state, bytes: content.length, sha256: await sha256(content), sealed,
      sealedSha256: await sha256(sealed), aside: await seal(key, utf8(JSON.stringify(aside)), asideOf(instanceID, '')), envelope,
    }
  }

  async function draft(instanceID: string): Promise<Draft | null> {
    const kept = await moduleRow(store, instanceID)
    if (kept === null) return null
    const aside = JSON.parse(await openText(key, kept.aside, asideOf(instanceID, ''))) as Aside
    return { instanceID, visitId: visit.visitId, xml: await openText(key, kept.sealed, placeOf(instanceID, '')), ...aside }
  }

  async function sign(instanceID: string, xml: string): Promise<void> {
    const { formId, formVersion } = moduleOf(instanceID)
    const at = instant(clock.now())
    const files = await attachmentsOf(store, instanceID)
    const written: Draft = { instanceID, visitId: visit.visitId, formId, formVersion, xml, hidden: {}, savedAt: at }
    const kept = await sealedModule(written, 'signed', null)
    const enclosed = files.map(({ name, bytes, sha256: hash }) => ({ name, size: bytes, sha256: hash }))
    const envelope = await signEnvelope(around.keys, { instance_id: instanceID, xml_sha256: kept.sha256, files: enclosed })
    const items = [{ ...kept, name: '' }, ...files].map((one) => waiting(one, at))
    const changed = await changedRow(({ modules }) => ({ modules: modules.map((one) => (one.instanceID === instanceID ? asSigned(one) : one)) }))
    const filled = await sealedFilled(key, visit.visitId, instanceID, await filledWith(xml, instanceID))
    if (!(await keepSigned(store, changed[0], { ...kept, envelope }, items, filled))) throw new Refused('signed', { instanceID })
    ;[row, visit] = changed
  }

  async function attachment(instanceID: string, name: string): Promise<Blob | null> {
    const kept = await attachmentRow(store, instanceID, name)
    return kept && openBlob(key, kept.sealed, placeOf(instanceID, name), (await factsOf(kept)).type)
  }

  async function filledWith(xml: string, instanceID: string): Promise<Filled> {
    const files = await Promise.all((await attachmentsOf(store, instanceID)).map(factsOf))
    const signed = files.filter(({ kind, type }) => kind === 'signature' && type === 'image/png')
    const pictures = signed.map(async ({ name }) => [name, await asDataUrl((await attachment(instanceID, name)) ?? new Blob())] as const)
    return { xml, files, signatures: Object.fromEntries(await Promise.all(pictures)) }
  }

  async function filled(instanceID: string): Promise<Filled | null> {
    if (moduleOf(instanceID).state === 'signed') return keptFilled(store, key, instanceID)
    const said = await draft(instanceID)
    return said && filledWith(said.xml, instanceID)
  }

  async function keepAttachment(facts: FileAside, content: Blob): Promise<Attachment> {
    moduleOf(facts.instanceID)
    if (['', 'xml'].includes(facts.name)) throw new Refused('name_not_allowed') // the record itself is sealed in that place
    if (content.size > LARGEST) throw new Refused('file_too_large', { limit: LARGEST })
    await needRoom(around.disk, content.size)
    const { instanceID, name } = facts
    const sealed = await seal(key, content, placeOf(instanceID, name))
    const kept: AttachmentRow = {
      instanceID, name, visitId: visit.visitId, bytes: content.size, sha256: await sha256(content), sealed,
      sealedSha256: await sha256(sealed), aside: await seal(key, utf8(JSON.stringify(facts)), asideOf(instanceID, name)),
    }
    if (!(await keepFile(store, kept))) throw new Refused('signed', { instanceID })
    return { ...facts, size: kept.bytes, sha256: kept.sha256 }
  }

  async function factsOf(kept: AttachmentRow): Promise<Attachment> {
    const facts = JSON.parse(await openText(key, kept.aside, asideOf(kept.instanceID, kept.name))) as FileAside
    return { ...facts, size: kept.bytes, sha256: kept.sha256 }
  }

  return {
    get visit() {
      return visit
    },
    save: (change) =>
      inLine(async () => {
        ;[row, visit] = await changedRow(() => change)
        await keepVisit(store, row)
      }),
    draft,
    saveDraft: (said) =>
      inLine(async () => {
        moduleOf(said.instanceID)
        if (!(await keepDraft(store, await sealedModule(said, 'open', null)))) throw new Refused('signed', { instanceID: said.instanceID })
      }),
    keepAttachment: (facts, content) => inLine(() => keepAttachment(facts, content)),
    attachment,
    attachments: async (instanceID) => Promise.all((await attachmentsOf(store, instanceID)).map(factsOf)),
    removeAttachment: (instanceID, name) =>
      inLine(async () => {
        if (!(await removeFile(store, instanceID, name))) throw new Refused('signed', { instanceID })
      }),
    sign: (instanceID, xml) => inLine(() => sign(instanceID, xml)),
    filled,
    papers: () => papers(bench),
    makePaper: (made) => inLine(() => makePaper(bench, made)),
    settlePaper: (id, what) => inLine(() => settle(bench, id, what)),
  }
}

const asSigned = (module: Module): Module => ({ ...module, state: 'signed' })
