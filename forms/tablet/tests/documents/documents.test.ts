import { describe, expect, it, test } from 'vitest'
import type { Document } from '../../src/documents/blocks'
import { renderHtml } from '../../src/documents/html'
import { inspectionNotice } from '../../src/documents/notice'
import { orderToCorrect } from '../../src/documents/order'
import { onSiteRecord } from '../../src/documents/record'
import { codeOf, withVerification } from '../../src/documents/verification'
import { law } from '../vectors'
import { ALONE, AT_ONCE, BROKEN, CLEAN, IN_A_YEAR_UNKNOWN, NOTICE, ORDER, UNREACHED } from './visits'

const MADE: [string, unknown, Document][] = [
  ['a clean visit', CLEAN, onSiteRecord(law, CLEAN)],
  ['a visit with violations, signature refused', BROKEN, onSiteRecord(law, BROKEN)],
  ['an officer alone, without a number', ALONE, onSiteRecord(law, ALONE)],
  ['an order with a day', ORDER, orderToCorrect(law, ORDER)],
  ['an order to correct at once', AT_ONCE, orderToCorrect(law, AT_ONCE)],
  ['an order with a day of which nobody knows the kind', IN_A_YEAR_UNKNOWN, orderToCorrect(law, IN_A_YEAR_UNKNOWN)],
  ['a notice', NOTICE, inspectionNotice(law, NOTICE)],
  ['a notice of an agency whose numbers nobody entered', UNREACHED, inspectionNotice(law, UNREACHED)],
]

const text = (document: Document): string => JSON.stringify(document.blocks)

/** The texts of a page, one after the other: the server draws the same ones. */
function textsOf(html: string): string[] {
  const plain = html.split(/<[^>]*>/u).map((one) => one.replace(/&#(\d+);/gu, (_, sign: string) => String.fromCharCode(Number(sign))).trim())
  return plain.filter(Boolean)
}

it('makes the blocks of the vectors (`vitest -u` writes them anew: read the difference)', async () => {
  const vectors = await Promise.all(MADE.map(async ([name, input, made]) => {
    const document = await withVerification(made, 'https://example.invalid/v')
    return { name, input, document, texts: textsOf(renderHtml(document)) }
  }))

  await expect(`${JSON.stringify(vectors, null, 1)}\n`).toMatchFileSnapshot('../../../../tests/vectors/documents.json')
})

describe('a record', () => {
  test('tells the duty that was broken, what was seen, and the clauses of that day', () => {
    expect(text(onSiteRecord(law, BROKEN))).toContain('（一）让未成年人进入网吧。现场情况：二楼有两名学生模样的人上网')
    expect(text(onSiteRecord(law, BROKEN))).toContain('《互联网上网服务营业场所管理条例》（2022-03-29修订）第二十一条第一款')
  })

  test('says that nothing was found where nothing was', () => {
    expect(text(onSiteRecord(law, CLEAN))).toContain('未发现不符合的情况')
    expect(text(onSiteRecord(law, CLEAN))).not.toContain('现场发现')
  })

  test('keeps personal numbers off the paper, whoever wrote them', () => {
    expect(text(onSiteRecord(law, BROKEN))).toContain('自报电话 〔手机号〕')
    expect(text(onSiteRecord(law, BROKEN))).toContain('〔身份证号〕')
    expect(text(onSiteRecord(law, BROKEN))).not.toMatch(/0013.?8000|11010519491231002/)
  })

  test('never says that credentials were shown when they were not', () => {
    expect(text(onSiteRecord(law, ALONE))).toContain('未出示执法证件')
  })
})

describe('a notice', () => {
  test('says how often the business was inspected this year, as far as was known, and whom to call', () => {
    expect(text(inspectionNotice(law, NOTICE))).toContain('本年度已检查1次（各部门合计，截至2026年11月20日）')
    expect(text(inspectionNotice(law, NOTICE))).toContain('联系电话：021-00000000；监督投诉电话：021-00000001。')
  })

  test('invents no number: a line is left, and it says where to ask', () => {
    expect(text(inspectionNotice(law, UNREACHED))).toContain('联系电话：＿＿＿＿＿＿（由执法人员填写）')
    expect(text(inspectionNotice(law, UNREACHED))).toContain('“12345”市民服务热线')
    expect(text(inspectionNotice(law, UNREACHED))).not.toMatch(/021-0{6}|本年度/)
  })
})

describe('an order', () => {
  test('says where and how a correction is proven, or where to ask', () => {
    expect(text(orderToCorrect(law, ORDER))).toContain('材料送交或者寄送：示例路1号；电子邮箱：office@example.invalid；电话：021-00000000。')
    expect(text(orderToCorrect(law, AT_ONCE))).toContain('送交地址和电话：＿＿＿＿＿＿（由执法人员填写）')
  })

  test('names the day, its weekday and its kind', () => {
    expect(text(orderToCorrect(law, ORDER))).toContain('2026年12月6日（星期日，休息日）前')
    expect(text(orderToCorrect(law, IN_A_YEAR_UNKNOWN))).toContain('2027年1月4日（星期一，当年节假日安排尚未公布或录入）')
    expect(text(orderToCorrect(law, { ...ORDER, dueOn: '2026-10-01' }))).toContain('（星期四，法定节假日）')
  })

  test('has another title when it is at once', () => {
    expect([orderToCorrect(law, ORDER).title, orderToCorrect(law, AT_ONCE).title]).toEqual(['责令限期改正通知书', '责令改正通知书'])
  })

  test('orders what is broken and nothing else', () => {
    expect(text(orderToCorrect(law, ORDER))).not.toContain('60日')
  })
})

test('a right whose text is not in the package leaves a line for the legal reviewer, and is not guessed', () => {
  const lacking = { ...law, clauses: law.clauses.filter((clause) => clause.id !== 'reconsideration-law:20.1') }

  expect(text(orderToCorrect(lacking, ORDER))).toContain('＿＿＿＿＿＿（由法制审核人员填写）')
  expect(text(orderToCorrect(lacking, ORDER))).not.toContain('复议')
})

test('what was never read in a source is on no paper', () => {
  const memory = { ...law, clauses: law.clauses.map((clause) => ({ ...clause, citation: null })) }

  for (const made of [onSiteRecord(memory, BROKEN), orderToCorrect(memory, ORDER), inspectionNotice(memory, NOTICE)])
    expect(text(made)).not.toMatch(/《|第.{1,4}条/)
})

test('a code changes with any sign of the text, and not with the order of names', async () => {
  const { blocks } = onSiteRecord(law, CLEAN)
  const turned = blocks.map((block) => Object.fromEntries(Object.entries(block).reverse())) as typeof blocks
  const other = blocks.map((block) => (block.kind === 'paragraph' ? { ...block, text: `${block.text} ` } : block))

  expect(await codeOf(turned)).toBe(await codeOf(blocks))
  expect(await codeOf(other)).not.toBe(await codeOf(blocks))
  expect(await codeOf(blocks)).toMatch(/^[0-9A-F]{8}$/)
})
