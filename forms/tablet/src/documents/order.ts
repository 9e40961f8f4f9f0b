/** The order to correct (责令改正通知书、责令限期改正通知书): what exactly, on which text, by when, how to prove it. */
import { clausesOf, lawOf } from '../law/items'
import type { Law } from '../law/section'
import { heading, listed, numbered, paragraph, type Document } from './blocks'
import type { Answered, OrderFacts } from './facts'
import { BLANK, byHand, citations, findings, officersShown, partyTable, rights, sealBlock, sentence, signatureBlocks } from './parts'
import { dayOf, dueShown, instantShown, masked } from './shown'

const ORDERED_BY = ['penalty-law:28.1']
const DEFENCE = ['penalty-law:45.1']
const REMEDIES = ['reconsideration-law:20.1', 'litigation-law:46.1']

export function orderToCorrect(law: Law, said: OrderFacts): Document {
  const on = dayOf(said.startedAt)
  const title = said.dueOn ? '责令限期改正通知书' : '责令改正通知书'
  const record = said.recordNumber ? `（现场检查笔录 ${said.recordNumber}）` : ''
  const blocks = [
    heading(title, 1),
    partyTable(said.party),
    paragraph(`${said.party.name}：`),
    paragraph(`本机关于${instantShown(said.startedAt)}对你（单位）进行检查${record}，发现下列情况：`),
    ...listed(findings(law, said.items, on)),
    heading('改正要求'),
    paragraph(sentence(`${masked(said.what) || BLANK}。`)),
    ...listed(demands(law, said.items, on)),
    paragraph(said.dueOn ? `请于${dueShown(law, said.dueOn)}前（含当日）改正。` : '请立即改正。'),
    paragraph(`本通知的依据：${citations(clausesOf(law, ORDERED_BY, null, on)) || BLANK}。`),
    heading('怎样证明已经改正'),
    paragraph(proof(said)),
    heading('陈述、申辩和救济'),
    ...rights(law, [...DEFENCE, ...REMEDIES], on),
    paragraph(`执法人员：${officersShown(said.officers)}。`),
    sealBlock(said, on),
    ...signatureBlocks(said.signatures),
  ]
  return {
    kind: 'order_to_correct', number: said.number, title, on,
    officers: said.officers.map((one) => one.certificateNo), blocks: numbered(blocks),
  }
}

/** What the broken duties ask for, each once. */
function demands(law: Law, items: Answered[], on: string): string[] {
  const asked = items
    .filter((one) => one.answer === 'breach')
    .flatMap((one) => lawOf(law, { clauses: [], duties: one.duties }, one.activity, on).duties.map((duty) => sentence(`${duty.statement[0]}。`)))
  return [...new Set(asked)]
}

function proof({ contact }: OrderFacts): string {
  const ways = [
    contact?.address && `材料送交或者寄送：${contact.address}`, contact?.email && `电子邮箱：${contact.email}`, contact?.phone && `电话：${contact.phone}`,
  ].filter(Boolean)
  const said = ways.length > 0 ? ways : [`送交地址和电话：${byHand}，也可以拨打“12345”市民服务热线询问`]
  return `${['改正后请保留照片、记录等材料并告知本机关，接受复查', ...said].join('；')}。`
}
