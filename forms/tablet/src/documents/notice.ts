/** The notice of an inspection (行政检查通知书): who comes, why, to look at what, and which rights there are. */
import type { Law } from '../law/section'
import type { AgencyContact } from '../trade'
import { heading, listed, numbered, paragraph, type Document } from './blocks'
import type { NoticeFacts } from './facts'
import { byHand, groundsShown, officersShown, partyTable, rights, sealBlock } from './parts'
import { dayOf, dayShown, instantShown } from './shown'

const HOW = ['penalty-law:42.1', 'penalty-law:55.1', 'penalty-law:55.2']
const RIGHTS = ['penalty-law:43.2', 'penalty-law:45.1']
const REMEDIES = ['reconsideration-law:20.1', 'litigation-law:46.1']

export function inspectionNotice(law: Law, said: NoticeFacts): Document {
  const on = dayOf(said.startedAt)
  const often = said.visitsThisYear === null ? null : `本年度已检查${said.visitsThisYear.count}次（各部门合计，截至${dayShown(said.visitsThisYear.asOf)}）`
  const blocks = [
    heading('行政检查通知书', 1),
    partyTable(said.party, [
      ['检查时间', instantShown(said.startedAt)],
      ['检查业态', said.activities.map((one) => one.name).join('、')],
      ...groundsShown(said.grounds),
      ['检查频次', often],
      ['执法人员', officersShown(said.officers)],
    ]),
    paragraph(`${said.party.name}：本机关依法对你（单位）进行行政检查，请予配合。`),
    heading('检查事项'),
    ...listed(said.items.map((item) => `${item[0]}。`)),
    heading('检查依据的程序规定'),
    ...rights(law, HOW, on),
    heading('你（单位）的权利'),
    ...rights(law, [...RIGHTS, ...REMEDIES], on),
    heading('联系和监督'),
    paragraph(reached(said.contact)),
    sealBlock(said, on),
  ]
  return {
    kind: 'inspection_notice', number: said.number, title: '行政检查通知书', on,
    officers: said.officers.map((one) => one.certificateNo), blocks: numbered(blocks),
  }
}

/** Whom to call, and where to complain; where nobody entered it, a line and where to ask. */
function reached(contact: AgencyContact | null): string {
  const said = `联系电话：${contact?.phone ?? byHand}；监督投诉电话：${contact?.complaintPhone ?? byHand}`
  return contact?.phone && contact.complaintPhone ? `${said}。` : `${said}。也可以拨打“12345”市民服务热线询问。`
}
