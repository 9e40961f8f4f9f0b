/**
 * What screens may ask of the tablet: one door to keys, database and network, so that a screen knows none of them.
 * `openTablet` (in `app.ts`) makes one; tests make one over a database in memory and a network of their own.
 */
import type { Document } from './documents/blocks'
import type { AgencyContact, Attachment, Callees, Day, Draft, FormInfo, Instant, Moved, NewLead, Officer, OutboxItem, Proposal, Site, Task, Text, Venue, Visit } from './trade'

export type Lock = 'not_enrolled' | 'no_officer' | 'locked' | 'open'

/** One line of the readiness list (出发检查). `problem` is null where all is well. */
export interface ReadyItem {
  what: 'forms' | 'law' | 'venues' | 'sites' | 'tasks' | 'numbers' | 'contacts' | 'map' | 'storage' | 'persisted' | 'clock' | 'second_officer' | 'expiry'
  count: number | null
  version: string | null
  at: Instant | null
  problem: string | null
}

export interface Readiness { ready: boolean; items: ReadyItem[]; storage: { usedBytes: number; quotaBytes: number }; expiresAt: Instant | null }

/** How a package comes: for a bar that says what is happening. */
export type Progress = (step: 'asking' | 'receiving' | 'verifying' | 'applying' | 'forms', done: number, of: number) => void

/** Why nobody can unlock this tablet any more. `seen` is the latest time it ever saw, where its clock now says an earlier one. */
export type Ended = { because: 'wrong_tries' } | { because: 'expired'; at: Instant; seen: Instant | null }

export type UnlockWith = { password: string } | { authenticator: true }

/** Why something was refused, a stable word with its facts; screens word it. */
export class Refused extends Error {
  constructor(readonly word: string, readonly facts: Record<string, unknown> = {}) {
    super(word)
  }
}

/** The register of the package, unpacked in memory while the tablet is unlocked. */
export interface Register {
  venues: ReadonlyMap<number, Venue>
  sites: ReadonlyMap<number, Site>
  tasks: Task[]
  forms: FormInfo[]
  /** The section `law` as docs/package.md describes it; `law/` reads it. */
  law: unknown
  /** Up to five earlier visits of a venue, newest first. */
  visitsOf(venueId: number): EarlierVisit[]
  /** How often all agencies together came to the business of a venue this year, as far as was known on a day; null where that year is over. */
  visitsThisYear(venueId: number): { count: number; asOf: Day } | null
  /** How the tablet's agency is reached. */
  contact: AgencyContact | null
  callees: Callees
  /** Numbers that are reserved and not yet used, for a kind of document and today. */
  numbers(kind: string): { id: number; text: string }[]
}

export interface EarlierVisit { on: string; activity: string; violations: number; summary: Text | null }

/** A module as it is filled in, also after it was signed: what documents are made from. Signatures as `data:` addresses. */
export interface Filled { xml: string; files: Attachment[]; signatures: Record<string, string> }

/** What a document became: handed over (printed, shown on the screen, or left there), or spoilt with the reason. */
export type Became = ({ how: 'paper' | 'screen' | 'left' } | { because: 'spoilt' | 'wrong' | 'other' }) & { at: Instant }

/** A document of a visit. `id` is by which the office's ledger knows what bears the number, and whether it was told. */
export interface Paper {
  id: string
  document: Document
  images: Record<string, string>
  number: { id: number; state: 'here' | 'told' | 'refused'; reason: string | null } | null
  sha256: string
  madeAt: Instant
  became: Became | null
}

/** Writes answers, pictures and signatures of one visit, sealed under its own key; each promise means it is on the disk. */
export interface VisitDesk {
  readonly visit: Visit
  save(change: Partial<Pick<Visit, 'place' | 'secondOfficerId' | 'modules' | 'arrival'>>): Promise<void>
  draft(instanceID: string): Promise<Draft | null>
  saveDraft(draft: Draft): Promise<void>
  keepAttachment(facts: Omit<Attachment, 'sha256' | 'size'>, content: Blob): Promise<Attachment>
  attachment(instanceID: string, name: string): Promise<Blob | null>
  attachments(instanceID: string): Promise<Attachment[]>
  removeAttachment(instanceID: string, name: string): Promise<void>
  /** The module is finished: from here on it cannot be changed, and it waits to be sent. */
  sign(instanceID: string, xml: string): Promise<void>
  /** Null before the first answer, and where the visit has left the tablet. */
  filled(instanceID: string): Promise<Filled | null>
  /** The documents of the visit, in the order in which they were made. */
  papers(): Promise<Paper[]>
  /** From here on the document cannot be changed, and nothing else bears its number. */
  makePaper(made: { document: Document; images: Record<string, string>; numberId: number | null }): Promise<Paper>
  /** Said once: handed over, or spoilt. The office hears of the number when there is a network. */
  settlePaper(id: string, what: { how: 'paper' | 'screen' | 'left' } | { because: 'spoilt' | 'wrong' | 'other' }): Promise<void>
}

export interface Begun { activity: string; instanceID: string }

/** `ahead` is the record of one of the activities, where a screen has begun it already. */
export interface Start extends Partial<Pick<Visit, 'secondOfficerId' | 'arrival'>> {
  venueId: number | null
  taskId: number | null
  activities: string[]
  ahead?: Begun | null
}

export interface Tablet {
  lock(): Promise<Lock>
  /** As which the server knows this tablet; stands in every record. */
  deviceId(): Promise<string>
  enrol(codeOrAddress: string, name: string): Promise<void>
  officers(): Promise<Officer[]>
  /** Null where somebody can unlock it, or nobody ever could. */
  ended(): Promise<Ended | null>
  addOfficer(login: string, password: string, unlock: UnlockWith): Promise<Officer>
  unlock(officerId: number, how: UnlockWith): Promise<Officer>
  /** An officer confirms in person, with an own unlock, to be there or to have signed; who is signed in stays so. */
  confirm(officerId: number, how: UnlockWith): Promise<Officer>
  close(): void
  current(): Officer | null
  readiness(): Promise<Readiness>
  prepare(progress: Progress): Promise<Readiness>
  register(): Register
  /** Whether there is a register: a package that is here and not past its day. */
  hasRegister(): boolean
  formXml(formId: string, version: string): Promise<string>
  visits(): Promise<Visit[]>
  /** Null where the task of a visit is still its officer's, as far as this tablet heard. */
  moved(visitId: string): Promise<Moved | null>
  begin(start: Start): Promise<VisitDesk>
  desk(visitId: string): Promise<VisitDesk>
  /** Kept sealed and signed, and waiting to be sent, when the promise is kept. */
  noteLead(lead: NewLead): Promise<void>
  outbox(): Promise<OutboxItem[]>
  /** Sends what is ready; the promise ends when nothing more can be sent now. Says why a grey button is grey. */
  send(): Promise<{ sent: number; left: number; waiting: string | null }>
  rescueFile(): Promise<Blob>
  /** The same over the network: for work that nobody can open here any more. */
  sendRescue(): Promise<void>
  /** A change of venue or site data, sent as a proposal when there is a network. */
  propose(row: { kind: 'venue' | 'site'; id: number; version: number }, changes: Record<string, unknown>, reason: string): Promise<void>
  /** What was proposed here; the button that sends also asks what became of those that wait for a decision. */
  proposals(): Promise<Proposal[]>
  onChange(listener: () => void): () => void
}
