/** Invented visits from which the documents of the vectors are made. */
import type { NoticeFacts, OrderFacts, RecordFacts, Visited } from '../../src/documents/facts'

const VISITED: Visited = {
  number: '示检字〔2026〕第0012号',
  agency: '示例区文化和旅游局（虚构）',
  party: {
    name: '蓝鲸网吧（虚构）', creditCode: '92319901MA0000001X', licenceNo: '虚网〔2019〕0001号', address: '示例区（虚构）潮声路8弄2号',
    personName: '示例甲', personPosition: '店长',
  },
  activities: [{ id: 'internet_cafe', name: '互联网上网服务营业场所（网吧）' }],
  grounds: { route: 'planned', planNumber: 'P-2026-7', triggerReason: null, leadNumber: null, checkCode: '示例码-0001', noCheckCodeReason: null, joint: false },
  officers: [{ name: '示例乙', certificateNo: 'SH-0001' }, { name: '示例丙', certificateNo: 'SH-0002' }],
  onlyOfficerReason: null,
  startedAt: '2026-11-21T14:05:00+08:00',
}

const SIGNED = { certificateNo: null, state: 'signed', reason: null, at: '2026年11月21日14时40分' } as const
const OFFICERS = VISITED.officers.map((one, i) => ({ ...SIGNED, label: `执法人员${'一二'[i]}`, ...one, image: `officer_${i + 1}.png` }))

const BANNED = { label: ['未接纳未成年人进入营业场所', 'No minor is let in'], activity: 'internet_cafe', duties: ['ACC-NET-1'] } as const
const SIGN = { label: ['入口处显著位置悬挂未成年人禁入标志', 'A no-minors sign hangs at the entrance'], activity: 'internet_cafe', duties: ['SGN-2'] } as const
const REGISTER = { label: ['登记内容和上网记录保存不少于60日，未修改、删除', 'Kept 60 days'], activity: 'internet_cafe', duties: ['REG-NET-1'] } as const

export const CLEAN: RecordFacts = {
  ...VISITED,
  endedAt: '2026-11-21T14:40:00+08:00',
  place: '示例区（虚构）潮声路8弄2号',
  credentialsShown: true,
  bodyCamera: 'C-07',
  items: [BANNED, SIGN].map((one) => ({ ...one, label: [...one.label], duties: [...one.duties], answer: 'compliant' as const, note: null, photos: [] })),
  idChecks: [],
  evidence: [],
  measures: [],
  recordRead: true,
  statement: null,
  signatures: [{ ...SIGNED, label: '现场负责人', name: '示例甲', image: 'person.png' }, ...OFFICERS],
}

export const BROKEN: RecordFacts = {
  ...CLEAN,
  number: '示检字〔2026〕第0013号',
  grounds: { route: 'triggered', planNumber: null, triggerReason: '群众反映', leadNumber: 'L-9', checkCode: null, noCheckCodeReason: '系统停机', joint: true },
  items: [
    { ...BANNED, label: [...BANNED.label], duties: [...BANNED.duties], answer: 'breach', note: '二楼有两名学生模样的人上网，自报电话 138-0013-8000。', photos: [1, 2] },
    { ...SIGN, label: [...SIGN.label], duties: [...SIGN.duties], answer: 'breach', note: '入口处没有标志', photos: [3] },
    { ...REGISTER, label: [...REGISTER.label], duties: [...REGISTER.duties], answer: 'not_checked', note: '系统升级中', photos: [] },
  ],
  idChecks: [{ method: '现场核对', peopleChecked: 20, notVerified: 3, mismatched: 1, minors: { confirmed: [0, 1, 0], apparent: [0, 0, 1] } }],
  evidence: [{ number: 1, what: '二楼座位', takenAt: '2026-11-21T14:12:00+08:00', sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }],
  measures: ['责令（限期）改正', '立案建议'],
  recordRead: false,
  statement: '没有看清身份证 11010519491231002X。',
  signatures: [
    { ...SIGNED, label: '现场负责人', name: '示例甲', image: null, state: 'refused', reason: '认为只是来找人' },
    { ...SIGNED, label: '见证人', name: '示例丁', image: 'witness.png' },
    ...OFFICERS,
  ],
}

export const ALONE: RecordFacts = { ...CLEAN, number: null, officers: VISITED.officers.slice(0, 1), onlyOfficerReason: '另一名执法人员途中生病', credentialsShown: false }

const CONTACT = { address: '示例路1号', phone: '021-00000000', complaintPhone: '021-00000001', email: 'office@example.invalid', minorsPhone: null }

export const ORDER: OrderFacts = {
  ...VISITED,
  number: '示责改字〔2026〕第0003号',
  items: BROKEN.items,
  recordNumber: BROKEN.number,
  what: '停止接纳未成年人，补挂禁入标志',
  dueOn: '2026-12-06',
  contact: CONTACT,
  signatures: [{ ...SIGNED, label: '签收人', name: '示例甲', image: null, state: 'pending', at: null }],
}

export const AT_ONCE: OrderFacts = { ...ORDER, dueOn: null, what: '', contact: null }

export const IN_A_YEAR_UNKNOWN: OrderFacts = { ...ORDER, dueOn: '2027-01-04' }

export const NOTICE: NoticeFacts = {
  ...VISITED,
  number: '示检通字〔2026〕第0012号',
  items: [['接纳未成年人', 'Minors'], ['禁入标志', 'Signs']],
  visitsThisYear: { count: 1, asOf: '2026-11-20' },
  contact: CONTACT,
}

export const UNREACHED: NoticeFacts = { ...NOTICE, visitsThisYear: null, contact: null }
