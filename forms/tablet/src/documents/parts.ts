/** Parts that several documents share: to whom, by whom, why, what was found, which rights. */
import { clausesOf, lawOf } from '../law/items'
import type { Law } from '../law/section'
import type { Day } from '../trade'
import { facts, heading, listed, paragraph, type Content, type Signature } from './blocks'
import type { Answered, Grounds, OfficerShown, Party, Visited } from './facts'
import { dayShown, masked } from './shown'

/** A line to be filled in by hand where nothing is known. */
export const BLANK = '＿＿＿＿＿＿'

/** The same, with who fills it in. */
export const byHand = `${BLANK}（由执法人员填写）`

export function partyTable(party: Party, rest: [string, string | null][] = []): Content {
  const person = [party.personName, party.personPosition].filter(Boolean).join('，')
  return facts([
    ['被检查单位', party.name],
    ['统一社会信用代码', party.creditCode],
    ['许可证号', party.licenceNo],
    ['地址', party.address],
    ['现场负责人', person],
    ...rest,
  ])
}

export function officersShown(officers: OfficerShown[]): string {
  return officers.map((one) => `${one.name}（执法证号 ${one.certificateNo}）`).join('、')
}

/** Why there was a visit: the plan or the trigger, and the check code or why there is none. */
export function groundsShown(grounds: Grounds): [string, string | null][] {
  const numbered = (word: string, number: string | null): string => (number ? `（${word} ${number}）` : '')
  const why = grounds.route === 'planned'
    ? `有计划检查${numbered('检查计划编码', grounds.planNumber)}`
    : `触发式检查${numbered('线索编号', grounds.leadNumber)}：${masked(grounds.triggerReason ?? '')}`
  return [
    ['检查类型', grounds.joint ? `${why}，联合检查` : why],
    ['检查码', grounds.checkCode ?? `无；理由：${masked(grounds.noCheckCodeReason ?? '') || BLANK}`],
  ]
}

/** Each broken item: what the duty's breach is called, what was seen, on which text of that day. */
export function findings(law: Law, items: Answered[], on: Day): string[] {
  return items.filter((one) => one.answer === 'breach').map((one) => {
    const { duties } = lawOf(law, { clauses: [], duties: one.duties }, one.activity, on)
    const what = duties.map((duty) => duty.breach[0]).join('；') || `“${one.label[0]}”不符合`
    const seen = one.note ? `现场情况：${masked(one.note)}。` : ''
    const photos = one.photos.length ? `见证据${one.photos.join('、')}。` : ''
    const texts = citations(duties.flatMap((duty) => duty.clauses))
    return sentence(`${what}。${seen}${photos}${texts ? `有关规定：${texts}。` : ''}`)
  })
}

/** Clauses as they may stand on paper, each once; what has no citation is not named. */
export function citations(clauses: { citation: readonly [string, string] | null }[]): string {
  return [...new Set(clauses.flatMap((clause) => (clause.citation ? [clause.citation[0]] : [])))].join('；')
}

/** What the clauses of that day give somebody a right to, in our words with their citations. */
export function rights(law: Law, ids: string[], on: Day): Content[] {
  const known = clausesOf(law, ids, null, on).flatMap(({ summary, citation }) => (citation ? [sentence(`${summary[0]}依据：${citation[0]}。`)] : []))
  return known.length === ids.length ? listed(known) : [...listed(known), paragraph(`其他权利和期限：${BLANK}（由法制审核人员填写）`)]
}

export function signatureBlocks(signatures: Omit<Signature, 'kind'>[]): Content[] {
  return [heading('签名'), ...signatures.map((one): Content => ({ kind: 'signature', ...one, reason: one.reason && masked(one.reason) }))]
}

export function sealBlock(visited: Visited, on: Day): Content {
  return { kind: 'seal', agency: visited.agency, on: dayShown(on) }
}

/** One full stop at the end of each sentence, whoever wrote it. */
export function sentence(text: string): string {
  return text.replace(/[。．.；;]*。/gu, '。')
}
