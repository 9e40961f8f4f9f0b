/**
 * The words of the trade as this app carries them. Everything here is data: no Vue, no database, no network.
 * Rows of the register, the law and tasks are what docs/package.md describes, unpacked into objects.
 */

/** A day of the calendar, `2026-11-21`; an instant, ISO 8601 with offset. */
export type Day = string
export type Instant = string
export type Text = readonly [zh: string, en: string]
export type Language = 'zh' | 'en'
/** Longitude, latitude in degrees, CGCS2000. */
export type Position = readonly [lon: number, lat: number]

export interface Licence { activity: string; number: string; issued: Day | null; expires: Day | null }

export interface Venue {
  id: number
  version: number
  name: string | null
  namePinyin: string | null
  nameInitials: string | null
  address: string | null
  addressPinyin: string | null
  addressInitials: string | null
  areaCode: string | null
  creditCode: string | null
  establishedOn: Day | null
  position: Position | null
  accuracyM: number | null
  extentM: number | null
  activities: string[]
  licences: Licence[]
}

export type SiteKind = 'primary' | 'middle' | 'vocational' | 'special' | 'specialised' | 'kindergarten' | 'other'

export interface Site {
  id: number
  version: number
  name: string | null
  kind: SiteKind
  address: string | null
  areaCode: string | null
  /** A point, or the outline: polygons, each a list of rings, the outer first. */
  place: { points: Position[] } | { rings: Position[][][] } | null
  gates: Position[]
  accuracyM: number | null
  openedOn: Day | null
  closedOn: Day | null
}

export type TaskKind = 'planned' | 'triggered' | 're_inspection'

export interface Task {
  id: number
  version: number
  kind: TaskKind
  trigger: string | null
  state: string
  venueId: number | null
  venueName: string | null
  venueAddress: string | null
  placeText: string | null
  position: Position | null
  activities: string[]
  reason: string | null
  sourceNo: string | null
  checkCode: string | null
  /** Whether its check code is for several agencies (联合检查); null without a code. */
  joint: boolean | null
  visitOn: Day | null
  dueOn: Day | null
  priority: number
  routeOrder: number | null
}

/** A checklist in one version, as it is filled in. */
export interface FormInfo { id: string; version: string; hash: string; title: string; activity: string; media: string[] }

/** How an agency is reached, as its documents print it; null where nobody entered it. */
export interface AgencyContact { address: string | null; phone: string | null; complaintPhone: string | null; email: string | null; minorsPhone: string | null }

/** Whom to call when a minor is found, the first first: offices of an area, and public numbers with the clause by which one calls. */
export interface Callees { offices: readonly Office[]; public: readonly PublicNumber[] }
export interface Office { areaCode: string; kind: 'police_station' | 'civil_affairs' | 'education' | 'other'; name: string; phone: string }
export interface PublicNumber { number: string; name: Text; when: Text; citation: Text | null }

/** An officer who works with this tablet. */
export interface Officer {
  id: number
  login: string
  name: string
  certificateNo: string | null
  certificateValidTo: Day | null
  /** Whose name documents bear. */
  agency: string | null
}

/** One visit to a venue: several modules (checklists) may belong to it. */
export interface Visit {
  visitId: string
  officerId: number
  secondOfficerId: number | null
  taskId: number | null
  venueId: number | null
  startedAt: Instant
  /** What was said on arrival, before the first question: the checklists take it over. */
  arrival?: Arrival
  /** Where the officer was when they left it, so that it reopens there: a module and a question. */
  place: { instanceID: string; question: string | null } | null
  modules: Module[]
}

/** A task that was taken away while work was under way: the names of those who have it now; nobody where it was called off. */
export interface Moved { to: string[] }

/** Certificates shown without being asked; the number of the body camera, if one was worn. */
export interface Arrival { credentialsShown: boolean; bodyCamera: string | null }

export interface Module { instanceID: string; formId: string; formVersion: string; activity: string; state: 'open' | 'signed' }

/** A module while it is filled in. `hidden` keeps answers that are not relevant just now, by path. */
export interface Draft {
  instanceID: string
  visitId: string
  formId: string
  formVersion: string
  xml: string
  hidden: Record<string, string>
  /** Areas of pictures that show nobody, by file name: x, y, width and height as parts of the whole. */
  clearAreas?: Record<string, readonly ClearArea[]>
  savedAt: Instant
}

export interface ClearArea { x: number; y: number; width: number; height: number }

/** What a record says, group by group; a group is a list with one turn, a repeat one with many. */
export interface Nodes { readonly [name: string]: string | readonly Nodes[] }

/** One item of a checklist as its form asks it. */
export interface ItemAsked { group: string; name: string; label: Text; duties: readonly string[] }

/** A checklist with its answers, read without the form engine; `words` are those of its lists of choices. */
export interface Answers { nodes: Nodes; items: readonly ItemAsked[]; words: Readonly<Record<string, Readonly<Record<string, Text>>>> }

/** A picture or a signature. `sha256` is of the original, made at capture; the original is the evidence. */
export interface Attachment {
  name: string
  instanceID: string
  visitId: string
  kind: 'photo' | 'signature'
  type: string
  size: number
  sha256: string
  takenAt: Instant
  minorPossible: boolean
}

/** A picture of a lead as it is kept; where a minor may be in it, only `clearAreas` are shown as they are. */
export interface LeadPicture { content: Blob; minorPossible: boolean; clearAreas: readonly ClearArea[] }

/** What somebody noticed in the street (线索). `kind` is one of the law's `tip_kinds`. */
export interface NewLead {
  kind: string
  seenAt: Instant
  text: string
  here: { position: Position; accuracyM: number } | null
  pictures: LeadPicture[]
}

/** How far one item is on its way: 本机 → 已上传 → 服务器已核验 → 可清除. */
export type ItemState = 'here' | 'uploaded' | 'verified' | 'removable' | 'refused'

export interface OutboxItem {
  instanceID: string
  /** A lead from the street, which lies here like a visit. */
  lead?: true
  visitId: string
  /** The submission's XML, a document that was handed over, or the attachment's name. */
  what: 'record' | 'document' | { file: string }
  bytes: number
  state: ItemState
  /** A stable word of the server's, when it refused. */
  reason: string | null
  tries: number
  changedAt: Instant
}

/** A change of the register that an officer proposed, and what became of it. `reason` says why it was refused. */
export interface Proposal {
  uuid: string
  kind: 'venue' | 'site'
  rowId: number
  changes: Record<string, unknown>
  state: 'here' | 'waiting' | 'merged' | 'accepted' | 'refused' | 'withdrawn'
  reason: string | null
}
