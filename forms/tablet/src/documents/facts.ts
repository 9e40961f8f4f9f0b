/** What is known when a document is made, from the visit, the register and the officers. No minor has a place in it. */
import type { AgencyContact, Day, Instant, Text } from '../trade'
import type { Signature } from './blocks'

export interface Party {
  name: string
  creditCode: string | null
  licenceNo: string | null
  address: string | null
  personName: string | null
  personPosition: string | null
}

export interface Grounds {
  route: 'planned' | 'triggered'
  planNumber: string | null
  triggerReason: string | null
  leadNumber: string | null
  checkCode: string | null
  noCheckCodeReason: string | null
  joint: boolean
}

export interface OfficerShown { name: string; certificateNo: string }

/** One item of a checklist as it was answered. */
export interface Answered {
  label: Text
  activity: string
  answer: 'compliant' | 'breach' | 'not_applicable' | 'not_checked'
  note: string | null
  duties: string[]
  photos: number[]
}

/** One look into how identities are verified: counts, never a name. */
export interface IdCheckShown {
  method: string
  peopleChecked: number
  notVerified: number
  mismatched: number
  minors: { confirmed: [under14: number, from14: number, from16: number]; apparent: [under14: number, from14: number, from16: number] }
}

export interface EvidenceShown { number: number; what: string; takenAt: Instant; sha256: string }

/** What every document of a visit says. */
export interface Visited {
  number: string | null
  agency: string
  party: Party
  activities: { id: string; name: string }[]
  grounds: Grounds
  officers: OfficerShown[]
  onlyOfficerReason: string | null
  startedAt: Instant
}

export interface RecordFacts extends Visited {
  endedAt: Instant
  place: string
  credentialsShown: boolean
  bodyCamera: string | null
  items: Answered[]
  idChecks: IdCheckShown[]
  evidence: EvidenceShown[]
  measures: string[]
  recordRead: boolean
  statement: string | null
  signatures: Omit<Signature, 'kind'>[]
}

export interface OrderFacts extends Visited {
  /** The broken items; only these are ordered to be corrected. */
  items: Answered[]
  recordNumber: string | null
  what: string
  /** By when; null is at once. */
  dueOn: Day | null
  contact: AgencyContact | null
  signatures: Omit<Signature, 'kind'>[]
}

export interface NoticeFacts extends Visited {
  items: Text[]
  /** How often this business was inspected this year, by all agencies, as far as was known on a day; null where nobody knows. */
  visitsThisYear: { count: number; asOf: Day } | null
  contact: AgencyContact | null
}
