import { describe, expect, test } from 'vitest'

import { documentOf, missingFor, type OnSite } from '../../src/documents'
import type { ModuleFilled } from '../../src/documents/answers'
import { noticeFacts, orderFacts, recordFacts } from '../../src/documents/of_visit'
import type { Nodes, Officer, Task, Venue } from '../../src/trade'
import { answers, law } from '../vectors'

const OFFICER: Officer = { id: 1, login: 'zhang', name: '甲', certificateNo: 'SH-0001', certificateValidTo: null, agency: '示例区文化和旅游局（虚构）' }
const VENUE = {
  id: 1, name: '蓝鲸网吧（虚构）', address: '潮声路8弄2号', creditCode: '92319901MA0000001X',
  licences: [{ activity: 'internet_cafe', number: '虚网0001号', issued: null, expires: null }],
} as unknown as Venue

const file = (name: string) =>
  ({ name, instanceID: 'uuid:1', visitId: 'v1', kind: 'photo', type: 'image/jpeg', size: 1, sha256: `${name}-hash`, takenAt: '2026-11-20T02:05:00Z', minorPossible: false }) as const
const filled = (name: keyof typeof answers, ...files: string[]): ModuleFilled => ({ ...answers[name], files: files.map(file) })
const SIGNED = ['person.png', 'witness.png', 'officer1.png', 'officer2.png']
const CLEAN = filled('clean', 'front.jpg', ...SIGNED)
const BROKEN = filled('broken', 'front.jpg', 'sign2.jpg', 'sign.jpg', ...SIGNED)
const SHOP = filled('shop', ...SIGNED)

const onSite = (...modules: ModuleFilled[]): OnSite =>
  ({ modules, venue: VENUE, task: null, officers: [OFFICER], contact: null, visitsThisYear: null, law, startedAt: '2026-11-20T02:10:00Z', now: '2026-11-20T03:00:00Z' })

/** The same module with other answers in one group. */
function but(module: ModuleFilled, group: string, change: Record<string, string>): ModuleFilled {
  const [turn] = module.answers.nodes[group] as Nodes[]
  return { ...module, answers: { ...module.answers, nodes: { ...module.answers.nodes, [group]: [{ ...turn, ...change }] } } }
}

describe('a record of a visit', () => {
  test('says who, where, why and when as the checklist says it', () => {
    const record = recordFacts(onSite(CLEAN), '示检录〔2026〕1号')

    expect(record).toMatchObject({
      number: '示检录〔2026〕1号', agency: '示例区文化和旅游局（虚构）', startedAt: '2026-11-20T10:00:00.000+08:00', endedAt: '2026-11-20T10:25:00.000+08:00',
      party: { name: '蓝鲸网吧（虚构）', licenceNo: '虚网0001号', personName: '丙', personPosition: '店长' },
      grounds: { route: 'planned', planNumber: 'JH-2026-0042', checkCode: 'JC-310101-0001', joint: false },
      officers: [{ name: '甲', certificateNo: 'SH-0001' }, { name: '乙', certificateNo: 'SH-0002' }], credentialsShown: true, bodyCamera: 'CAM-7',
      recordRead: true, measures: [],
    })
    expect(record.signatures.map(({ label, state, image }) => [label, state, image])).toEqual([
      ['现场负责人', 'signed', 'person.png'], ['执法人员一', 'signed', 'officer1.png'], ['执法人员二', 'signed', 'officer2.png'],
    ])
  })

  test('names what is broken, with the pictures that show it, and counts people without a name', () => {
    const record = recordFacts(onSite(BROKEN), null)

    const broken = record.items.filter(({ answer }) => answer === 'breach')
    expect(broken).toMatchObject([{ label: ['入口处显著位置悬挂未成年人禁入标志', expect.anything()], duties: ['SGN-2'], photos: [1, 2] }])
    expect(record.evidence.map(({ number, sha256 }) => [number, sha256])).toEqual([[1, 'front.jpg-hash'], [2, 'sign2.jpg-hash'], [3, 'sign.jpg-hash']])
    expect(record.evidence[2]?.what).toBe('标志：未成年人禁入，门口，有，醒目')
    expect(record.idChecks).toEqual([
      { method: '现场核对', peopleChecked: 5, notVerified: 2, mismatched: 1, minors: { confirmed: [0, 1, 0], apparent: [0, 0, 1] } },
    ])
    expect(record.measures).toEqual(['责令（限期）改正', '立案建议'])
    expect(record.grounds).toMatchObject({ route: 'triggered', leadNumber: 'L-9', planNumber: null })
  })

  test('says who refused to sign and why, and who saw it', () => {
    const [person, witness] = recordFacts(onSite(BROKEN), null).signatures

    expect(person).toMatchObject({ state: 'refused', reason: '不认可', image: null })
    expect(witness).toMatchObject({ label: '见证人', name: '丁', state: 'signed' })
  })

  test('holds all modules of the visit, evidence numbered through', () => {
    const record = recordFacts(onSite(BROKEN, filled('clean', 'front.jpg', ...SIGNED), SHOP), null)

    expect(record.evidence.map(({ number }) => number)).toEqual([1, 2, 3, 4])
    expect(record.items).toHaveLength([BROKEN, CLEAN, SHOP].reduce((sum, one) => sum + one.answers.items.length, 0) - unasked(BROKEN, CLEAN, SHOP))
    expect(record.activities.map(({ id }) => id)).toEqual(['internet_cafe', 'internet_cafe', 'tobacco'])
  })

  test('no personal number and no word about a minor is on the paper', async () => {
    const text = JSON.stringify((await documentOf('inspection_record', onSite(BROKEN), null, null)).blocks)

    expect(text).toContain('身份证 〔身份证号〕')
    expect(text).not.toMatch(/11010519491231002|示例少年/)
  })
})

/** Items that these modules do not ask, or that nobody answered. */
const unasked = (...modules: ModuleFilled[]): number =>
  modules.flatMap(({ answers: { items, nodes } }) => items.filter(({ group, name }) => !(nodes[group] as Nodes[] | undefined)?.[0]?.[name])).length

describe('an order', () => {
  test('orders only what is broken, by the day that the checklist says', () => {
    const order = orderFacts(onSite(CLEAN, BROKEN), 'X1', 'R1')

    expect(order.items.map(({ answer }) => answer)).toEqual(['breach'])
    expect(order).toMatchObject({ number: 'X1', recordNumber: 'R1', dueOn: '2026-12-05', what: '补挂禁入标志，电话 13800138000' })
    expect(order.signatures).toMatchObject([{ label: '签收人', name: '丙', state: 'pending' }])
  })

  test('on the spot has no day', () => {
    expect(orderFacts(onSite(but(BROKEN, 'measures', { order_due_on: '2026-11-20' })), null, null).dueOn).toBeNull()
  })

  test('of two checklists says the day of each', () => {
    expect(orderFacts(onSite(BROKEN, SHOP), null, null)).toMatchObject({
      what: '补挂禁入标志，电话 13800138000（2026年12月5日前）；拆除售卖机（2026年12月8日前）', dueOn: '2026-12-08',
    })
  })

  test('carries no telephone number', async () => {
    expect(JSON.stringify((await documentOf('order_to_correct', onSite(BROKEN), null, null)).blocks)).not.toContain('13800138000')
  })
})

test('before a checklist is begun a notice says what the task says', () => {
  const task = { kind: 'triggered', sourceNo: 'L-1', reason: '专项', checkCode: 'C-1' } as Task
  const blank: ModuleFilled = { ...CLEAN, answers: { ...CLEAN.answers, nodes: {} } }

  const notice = noticeFacts({ ...onSite(blank), task }, null)

  expect(notice.grounds).toMatchObject({ route: 'triggered', leadNumber: 'L-1', triggerReason: '专项', checkCode: 'C-1' })
  expect(notice.officers).toEqual([{ name: '甲', certificateNo: 'SH-0001' }])
  expect(notice.items.map(([zh]) => zh)).toContain('入口处显著位置悬挂未成年人禁入标志')
})

describe('what is missing', () => {
  test.each([
    ['inspection_record', 'not_begun', { ...CLEAN, answers: { ...CLEAN.answers, nodes: {} } }],
    ['inspection_record', 'items_open', but(CLEAN, 'duties', { ban_sign: '' })],
    ['inspection_record', 'not_signed', but(CLEAN, 'signatures', { officer_2_signature: '' })],
    ['inspection_record', 'not_signed', but(BROKEN, 'signatures', { refusal_reason: '' })],
    ['inspection_record', null, BROKEN],
    ['order_to_correct', 'no_order', CLEAN],
    ['order_to_correct', 'no_breach', but(BROKEN, 'duties', { ban_sign: 'compliant' })],
    ['order_to_correct', 'order_unsaid', but(BROKEN, 'measures', { order_due_on: '' })],
    ['order_to_correct', null, BROKEN],
  ] as const)('of a %s: %s', (kind, word, module) => {
    expect(missingFor(kind, { modules: [module] })).toBe(word)
  })
})
