/** From the answers of a visit to what its documents say: all modules together, broken items only in an order, no minor. */
import type { Law } from '../law/section'
import type { AgencyContact, Instant, Officer, Task, Venue } from '../trade'
import { answered, evidence, idChecks, measures, said, signatures, unanswered, WITNESS, type ModuleFilled } from './answers'
import type { DocumentKind } from './blocks'
import type { Answered, EvidenceShown, Grounds, NoticeFacts, OfficerShown, OrderFacts, Party, RecordFacts, Visited } from './facts'
import { dayOf, dayShown, masked } from './shown'

/** What is known of a visit beside its answers. `now` stands for the end while a checklist is still open. */
export interface OnSite {
  modules: readonly ModuleFilled[]
  venue: Venue | null
  task: Task | null
  officers: readonly Officer[]
  /** How the agency is reached, and how often the business was inspected this year, as far as the package says. */
  contact: AgencyContact | null
  visitsThisYear: NoticeFacts['visitsThisYear']
  law: Law
  startedAt: Instant
  now: Instant
}

/** Why a document cannot be made yet: a stable word; null where it can. */
export function missingFor(kind: DocumentKind, { modules }: Pick<OnSite, 'modules'>): string | null {
  if (kind === 'inspection_notice') return null
  if (modules.some(({ answers }) => Object.keys(answers.nodes).length === 0)) return 'not_begun'
  if (kind === 'order_to_correct') return missingForOrder(modules)
  if (modules.some((one) => unanswered(one) > 0)) return 'items_open'
  return modules.every(isSigned) ? null : 'not_signed'
}

function missingForOrder(modules: readonly ModuleFilled[]): string | null {
  const ordered = modules.filter(ordersCorrection)
  if (ordered.length === 0) return 'no_order'
  if (!ordered.some((one) => answered(one, []).some(({ answer }) => answer === 'breach'))) return 'no_breach'
  return ordered.every((one) => said(one, 'measures/order_text') && said(one, 'measures/order_due_on')) ? null : 'order_unsaid'
}

const ordersCorrection = (module: ModuleFilled): boolean => said(module, 'measures/measures_taken').split(' ').includes('order')

/** Everybody signed, or it is said why somebody did not. */
function isSigned(module: ModuleFilled): boolean {
  const all = signatures(module, officersOf(module))
  const needed = all.filter(({ label }) => label !== WITNESS)
  return needed.every(({ state, reason }) => state === 'signed' || (reason !== null && state !== 'pending'))
}

export function recordFacts(on: OnSite, number: string | null): RecordFacts {
  const { modules } = on
  const last = modules.at(-1)
  const [all, items] = gathered(modules)
  const statements = modules.map((one) => said(one, 'signatures/person_statement')).filter(Boolean)
  return {
    ...visited(on, number),
    endedAt: latest(modules.map((one) => said(one, 'end'))) ?? on.now,
    place: partyOf(on).address ?? '＿＿＿＿＿＿',
    credentialsShown: modules.some((one) => said(one, 'arrival/credentials_shown') === 'yes'),
    bodyCamera: first(modules, 'arrival/body_camera'),
    items,
    idChecks: modules.flatMap(idChecks),
    evidence: all.map(({ number: no, what, takenAt, sha256 }) => ({ number: no, what, takenAt, sha256 })),
    measures: [...new Set(modules.flatMap(measures))],
    recordRead: modules.length > 0 && modules.every((one) => said(one, 'signatures/record_read') === 'yes'),
    statement: [...new Set(statements)].join('；') || null,
    signatures: last ? signatures(last, officersOf(last)) : [],
  }
}

export function orderFacts(on: OnSite, number: string | null, recordNumber: string | null): OrderFacts {
  const ordered = on.modules.filter(ordersCorrection)
  const mine = new Set(ordered.map(({ activity }) => activity))
  const [, items] = gathered(on.modules)
  const due = [...new Set(ordered.map((one) => said(one, 'measures/order_due_on')).filter(Boolean))].sort()
  const latestDue = due.at(-1) ?? null
  const person = partyOf(on).personName
  return {
    ...visited(on, number),
    items: items.filter(({ answer, activity }) => answer === 'breach' && mine.has(activity)),
    recordNumber,
    what: ordered.map((one) => demanded(one, due.length > 1)).join('；'),
    dueOn: latestDue === dayOf(on.startedAt) ? null : latestDue,
    contact: on.contact,
    signatures: [{ label: '签收人', name: person, certificateNo: null, state: 'pending', reason: null, image: null, at: null }],
  }
}

/** What one checklist orders; its own day beside it where the checklists name different ones. */
function demanded(module: ModuleFilled, withDay: boolean): string {
  const what = said(module, 'measures/order_text').replace(/[。；;\s]+$/u, '')
  return withDay ? `${what}（${dayShown(said(module, 'measures/order_due_on'))}前）` : what
}

export function noticeFacts(on: OnSite, number: string | null): NoticeFacts {
  const items = on.modules.flatMap(({ answers }) => answers.items.map(({ label }) => label))
  const once = new Map(items.map((label) => [label[0], label]))
  return { ...visited(on, number), items: [...once.values()], visitsThisYear: on.visitsThisYear, contact: on.contact }
}

function visited(on: OnSite, number: string | null): Visited {
  const { modules, officers, law, startedAt } = on
  const names = new Map(law.activities.map(({ id, name }) => [id, name[0]]))
  return {
    number,
    agency: officers.find(({ agency }) => agency !== null)?.agency ?? '＿＿＿＿＿＿',
    party: partyOf(on),
    activities: modules.map(({ activity }) => ({ id: activity, name: names.get(activity) ?? activity })),
    grounds: groundsOf(on),
    officers: officersShown(on),
    onlyOfficerReason: first(modules, 'arrival/no_second_officer_reason'),
    startedAt: [startedAt, ...modules.map((one) => said(one, 'start')).filter(Boolean)].sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? startedAt,
  }
}

function partyOf({ modules, venue, task }: OnSite): Party {
  const written = (leaf: string): string | null => {
    const typed = first(modules, `place/${leaf}`)
    return typed && masked(typed)
  }
  const mine = new Set(modules.map(({ activity }) => activity))
  const licence = venue?.licences.findLast(({ activity }) => mine.has(activity))?.number ?? null
  return {
    name: venue?.name ?? written('venue_name') ?? task?.venueName ?? task?.placeText ?? '＿＿＿＿＿＿',
    creditCode: venue?.creditCode ?? null,
    licenceNo: licence ?? written('venue_licence'),
    address: venue?.address ?? written('venue_address') ?? task?.venueAddress ?? null,
    personName: first(modules, 'signatures/person_name'),
    personPosition: first(modules, 'signatures/person_position'),
  }
}

/** As the checklist says; before it is begun, as the task says. */
function groundsOf({ modules, task }: OnSite): Grounds {
  const reason = first(modules, 'arrival/visit_reason')
  const isTriggered = reason === null ? task !== null && task.kind !== 'planned' : reason === 'triggered'
  const isUnknown = reason === null
  return {
    route: isTriggered ? 'triggered' : 'planned',
    planNumber: first(modules, 'arrival/plan_number') ?? (isUnknown && !isTriggered ? (task?.sourceNo ?? null) : null),
    triggerReason: first(modules, 'arrival/trigger_reason') ?? (isUnknown ? (task?.reason ?? null) : null),
    leadNumber: first(modules, 'arrival/lead_number') ?? (isUnknown && isTriggered ? (task?.sourceNo ?? null) : null),
    checkCode: first(modules, 'arrival/check_code') ?? (isUnknown ? (task?.checkCode ?? null) : null),
    noCheckCodeReason: first(modules, 'arrival/no_check_code_reason'),
    joint: modules.some((one) => said(one, 'arrival/joint_visit') === 'yes'),
  }
}

function officersOf(module: ModuleFilled): OfficerShown[] {
  const numbers = said(module, 'arrival/second_officer') === 'yes' ? [1, 2] : [1]
  return numbers.map((one) => ({ name: said(module, `arrival/officer_${one}_name`), certificateNo: said(module, `arrival/officer_${one}_certificate`) }))
}

/** As they stand in the checklist; before it is begun, those of the visit. */
function officersShown({ modules, officers }: OnSite): OfficerShown[] {
  const named = modules.map(officersOf).find(([one]) => one?.name)
  return named ?? officers.map(({ name, certificateNo }) => ({ name, certificateNo: certificateNo ?? '＿＿＿＿' }))
}

/** Evidence numbered through all modules, and the items that name it. */
function gathered(modules: readonly ModuleFilled[]): [EvidenceShown[], Answered[]] {
  const [all, items]: [EvidenceShown[], Answered[]] = [[], []]
  for (const module of modules) {
    const own = evidence(module, all.length)
    all.push(...own)
    items.push(...answered(module, own))
  }
  return [all, items]
}

function first(modules: readonly ModuleFilled[], path: string): string | null {
  return modules.map((one) => said(one, path)).find(Boolean) ?? null
}

function latest(instants: string[]): Instant | null {
  return instants.filter(Boolean).sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null
}
