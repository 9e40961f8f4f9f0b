/** Officers, tasks, visits and items on their way in the sample district: invented, in the shapes that the tablet gives. */
import type { Document } from '../../../src/documents/blocks'
import type { EarlierVisit, Paper, Readiness, ReadyItem, VisitDesk } from '../../../src/tablet'
import type { ItemState, Officer, OutboxItem, Proposal, Task, Visit } from '../../../src/trade'
import { dayOf } from '../../../src/words/when'
import documents from '../../../../../tests/vectors/documents.json'
import type { Scene } from './memory'
import type { Unpacked } from './package'

const DAY_MS = 86_400_000
const inDays = (days: number): string => dayOf(new Date(Date.now() + days * DAY_MS))

const [, sampleRecord, , sampleOrder] = documents.map(({ document }) => document as unknown as Document) as [Document, Document, Document, Document]

export const OFFICERS: Officer[] = [
  { id: 1, login: 'zhang', name: '张晓明', certificateNo: 'SH-310101-0871', certificateValidTo: '2029-06-30', agency: '示例文旅局' },
  { id: 2, login: 'li', name: '李文·阿卜杜', certificateNo: 'SH-310101-0932', certificateValidTo: '2024-12-31', agency: '示例文旅局' },
]

const WHY = [
  { kind: 'planned', trigger: null, reason: '季度检查', dueIn: 6, checkCode: 'JC310101-7F3K-9Q2M' },
  { kind: 'triggered', trigger: 'tip', reason: null, dueIn: 0, checkCode: null },
  { kind: 're_inspection', trigger: null, reason: '责令改正到期，核对登记台账是否已补全', dueIn: -2, checkCode: 'JC310101-2B8T-4W6X' },
  { kind: 'planned', trigger: 'campaign', reason: '暑期专项', dueIn: 1, checkCode: null },
] as const

export function tasks({ venues }: Unpacked): Task[] {
  const chosen = ['internet_cafe', 'song_and_dance', 'tobacco', 'hotel'].map((activity) =>
    [...venues.values()].find((venue) => venue.activities.includes(activity)),
  )
  const known = chosen.flatMap((venue, at): Task[] => {
    const why = WHY[at]
    if (!venue || !why) return []
    return [{
      id: at + 1, version: 1, kind: why.kind, trigger: why.trigger, state: 'assigned', venueId: venue.id, venueName: venue.name,
      venueAddress: venue.address, placeText: null, position: venue.position, activities: venue.activities, reason: why.reason,
      sourceNo: null, checkCode: why.checkCode, joint: null, visitOn: inDays(0), dueOn: inDays(why.dueIn), priority: 2, routeOrder: at + 1,
    }]
  })
  return [...known, {
    id: 9, version: 1, kind: 'triggered', trigger: 'transfer', state: 'assigned', venueId: null, venueName: null, venueAddress: null,
    placeText: '银滩大道与月湾街路口，二楼“蓝鲸”', position: null, activities: ['internet_cafe'], reason: '移送：疑似无证经营',
    sourceNo: null, checkCode: null, joint: null, visitOn: null, dueOn: null, priority: 3, routeOrder: null,
  }]
}

export function visitsOf(venueId: number): EarlierVisit[] {
  if (venueId % 2 === 0) return []
  return [
    { on: inDays(-40), activity: 'internet_cafe', violations: 2, summary: ['未核对身份证件；入口处没有禁入标志', 'No ID check; no sign at the entrance'] },
    { on: inDays(-210), activity: 'internet_cafe', violations: 0, summary: null },
  ]
}

/** One that is still open, one at a task that is finished, one that the server has. */
export function visits(known: Task[]): Visit[] {
  const visit = (visitId: string, task: Task | undefined, hour: number, ...states: ('open' | 'signed')[]): Visit => ({
    visitId, officerId: 1, secondOfficerId: 2, taskId: task?.id ?? null, venueId: task?.venueId ?? null,
    startedAt: new Date(Date.now() - hour * 3_600_000).toISOString(), place: null,
    modules: states.map((state, at) => ({
      instanceID: `uuid:${visitId}-${at}`, formId: 'x', formVersion: '1', activity: ['tobacco', 'alcohol'][at] ?? 'bar', state,
    })),
  })
  return [visit('v1', known[2], 1, 'signed', 'open'), visit('v2', known[1], 3, 'signed'), visit('v3', known[3], 26, 'signed')]
}

export function outbox(): OutboxItem[] {
  const item = (file: string | null, state: ItemState, bytes: number, reason: string | null = null): OutboxItem => ({
    instanceID: 'uuid:1', visitId: 'v1', what: file === null ? 'record' : { file }, bytes, state, reason,
    tries: reason === null ? 1 : 3, changedAt: new Date().toISOString(),
  })
  return [
    item('1732612345-entrance.jpg', 'uploaded', 3_412_000), item(null, 'verified', 18_200), item('1732612399-sign.jpg', 'here', 2_900_113),
    { ...item(null, 'refused', 21_444, 'submission_unacceptable'), visitId: 'v2', instanceID: 'uuid:2' },
    { ...item(null, 'removable', 17_003), visitId: 'v3', instanceID: 'uuid:3' },
  ]
}

/** What waits of a lead that was noted just now. */
export function leadItems(pictures: number): OutboxItem[] {
  const item = (what: OutboxItem['what']): OutboxItem => ({
    instanceID: 'lead:1', lead: true, visitId: 'lead-1', what, bytes: 412, state: 'here', reason: null, tries: 0, changedAt: new Date().toISOString(),
  })
  return [item('record'), ...Array.from({ length: pictures }, (_, at) => item({ file: `${at + 1}.jpg` }))]
}

export function proposals(): Proposal[] {
  const proposal = (uuid: string, rowId: number, state: Proposal['state'], reason: string | null): Proposal =>
    ({ uuid, kind: 'venue', rowId, changes: { name: '灯塔银电竞酒店' }, state, reason })
  return [proposal('p1', 3, 'waiting', null), proposal('p2', 4, 'refused', '测绘结果与此不符')]
}

export function readiness({ venues, sites, forms }: Unpacked, taskCount: number, scene: Scene): Readiness {
  const at = new Date().toISOString()
  const fine = (what: ReadyItem['what'], count: number | null, version: string | null = null): ReadyItem => ({ what, count, version, at, problem: null })
  const items: ReadyItem[] = [
    fine('forms', forms.length, forms[0]?.version ?? null), fine('law', 79, '1'), fine('venues', venues.size), fine('sites', sites.size),
    fine('tasks', taskCount), { ...fine('numbers', scene.isReady ? 20 : 0), problem: scene.isReady ? null : 'numbers_missing' },
    { ...fine('contacts', null), problem: scene.isReady ? null : 'contacts_missing' }, fine('map', sites.size),
    { ...fine('storage', Math.round(scene.share * 100)), at: null }, { ...fine('persisted', null), problem: scene.isReady ? null : 'not_persisted', at: null },
    { ...fine('clock', 2), at: null }, { ...fine('second_officer', 2), at: null }, { ...fine('expiry', 23), problem: scene.isReady ? null : 'expired' },
  ]
  const quotaBytes = 12e9
  return { ready: scene.isReady, items, storage: { usedBytes: scene.share * quotaBytes, quotaBytes }, expiresAt: new Date(Date.now() + DAY_MS).toISOString() }
}

/** One that is still to be handed over, and one that was spoilt; both are long enough to turn pages. */
function papersOf(): Paper[] {
  const paper = (id: string, document: Document, became: Paper['became'], number: Paper['number']): Paper =>
    ({ id, document, images: {}, number, sha256: '9f86d081884c7d65'.repeat(4), madeAt: new Date().toISOString(), became })
  const spoilt = { because: 'wrong', at: new Date().toISOString() } as const
  return [
    paper('p1', sampleRecord, null, { id: 5, state: 'here', reason: null }),
    paper('p2', sampleOrder, spoilt, { id: 6, state: 'refused', reason: 'document_number_taken' }),
  ]
}

/** The desk of a visit as far as the screens beside the checklist use it. */
export function desk(visit: Visit): VisitDesk {
  const absent = (): Promise<never> => Promise.reject(new Error('the bench has no checklist'))
  return {
    visit,
    async save(change) {
      Object.assign(visit, change)
      sessionStorage.setItem('visit', JSON.stringify(visit))
    },
    filled: () => Promise.resolve(null), papers: () => Promise.resolve(papersOf()), settlePaper: () => Promise.resolve(),
    makePaper: absent, draft: absent, saveDraft: absent, keepAttachment: absent, attachment: absent, attachments: absent, removeAttachment: absent, sign: absent,
  }
}
