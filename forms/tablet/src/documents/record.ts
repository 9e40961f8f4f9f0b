/** The record of an inspection on site (现场检查笔录): facts, in the order in which they happened. */
import type { Law } from '../law/section'
import { heading, listed, numbered, paragraph, type Content, type Document } from './blocks'
import type { Answered, EvidenceShown, IdCheckShown, RecordFacts } from './facts'
import { findings, groundsShown, officersShown, partyTable, rights, sentence, signatureBlocks } from './parts'
import { dayOf, instantShown, masked } from './shown'

const TOLD = ['penalty-law:55.2', 'penalty-law:43.2', 'penalty-law:45.1']

export function onSiteRecord(law: Law, said: RecordFacts): Document {
  const on = dayOf(said.startedAt)
  const found = findings(law, said.items, on)
  const blocks = [
    heading('现场检查笔录', 1),
    partyTable(said.party, [
      ['检查时间', `${instantShown(said.startedAt)}至${instantShown(said.endedAt)}`],
      ['检查地点', said.place],
      ['检查业态', said.activities.map((one) => one.name).join('、')],
      ...groundsShown(said.grounds),
      ['执法人员', officersShown(said.officers)],
      ['只有一名执法人员的理由', said.officers.length > 1 ? null : masked(said.onlyOfficerReason ?? '')],
      ['执法记录仪编号', said.bodyCamera],
    ]),
    heading('表明身份和告知'),
    paragraph(credentials(said)),
    ...rights(law, TOLD, on),
    heading('检查情况'),
    paragraph(counted(said.items)),
    ...(found.length ? [paragraph('现场发现下列情况：'), ...listed(found)] : [paragraph('检查的事项中未发现不符合的情况。')]),
    ...unchecked(said.items),
    ...said.idChecks.map((one) => paragraph(idCheck(one))),
    ...evidenceTable(said.evidence),
    heading('处理措施'),
    paragraph(said.measures.length ? `${said.measures.join('、')}。` : '无。'),
    heading('当事人意见'),
    paragraph(sentence(`${said.statement ? masked(said.statement) : '无'}。`)),
    paragraph(said.recordRead ? '以上笔录已向现场负责人宣读或者交其阅读，其认为与事实相符。' : '以上笔录未经现场负责人确认。'),
    ...signatureBlocks(said.signatures),
  ]
  return {
    kind: 'inspection_record', number: said.number, title: '现场检查笔录', on,
    officers: said.officers.map((one) => one.certificateNo), blocks: numbered(blocks),
  }
}

function credentials(said: RecordFacts): string {
  const shown = said.credentialsShown ? '执法人员已主动出示执法证件' : '执法人员未出示执法证件'
  return `${shown}，检查前告知下列事项：`
}

function counted(items: Answered[]): string {
  const count = (answer: Answered['answer']): number => items.filter((one) => one.answer === answer).length
  return `共检查${items.length}项：符合${count('compliant')}项，不符合${count('breach')}项，不适用${count('not_applicable')}项，未查${count('not_checked')}项。`
}

function unchecked(items: Answered[]): Content[] {
  const left = items.filter((one) => one.answer === 'not_checked').map((one) => one.label[0] + (one.note ? `（${masked(one.note)}）` : ''))
  return left.length ? [paragraph(`未查的事项：${left.join('；')}。`)] : []
}

/** Counts and age bands: no name has a place here. */
function idCheck(one: IdCheckShown): string {
  const bands = ([under14, from14, from16]: [number, number, number]): string =>
    `${under14 + from14 + from16}人（不满14周岁${under14}人，14至15周岁${from14}人，16至17周岁${from16}人）`
  const { confirmed, apparent } = one.minors
  return `身份核验抽查（${one.method}）：抽查${one.peopleChecked}人，其中未核验${one.notVerified}人，人证不符${one.mismatched}人；`
    + `经核实的未成年人${bands(confirmed)}，疑似未成年人${bands(apparent)}。`
}

function evidenceTable(evidence: EvidenceShown[]): Content[] {
  if (!evidence.length) return []
  const rows = evidence.map((one) => [String(one.number), masked(one.what), instantShown(one.takenAt), one.sha256.slice(0, 16)])
  return [heading('证据'), { kind: 'table', head: ['编号', '内容', '取得时间', 'SHA-256（前16位）'], rows }]
}
