/** Words of handing over on the spot: which documents, why not yet, the preview, what became of them. */
export const papers = {
  title: ['文书', 'Documents'],
  toPapers: ['文书：制作、打印、交付', 'Documents: make, print, hand over'],
  advice: ['文书由检查表的答案生成。制作后不能更改；有误的作废，再重新制作。', 'Documents come from the answers of the checklists. Once made they cannot be changed: spoil a wrong one and make another.'],
  make: ['制作', 'Make'],
  nextNumber: ['文号：{number}', 'Number: {number}'],
  noNumber: ['没有可用的文号：将印“（无文号）”。请联网更新离线包；仍没有的，请督导人员设定文号。', 'No number is left: it will say so. Update the package with a network; if there is still none, a supervisor lays a series down.'],
  noAgency: ['不知道机关名称：请联网重新登录一次，否则文书上留空。', 'The agency’s name is not known: sign in again with a network, else it stays blank on paper.'],
  unnumbered: ['无文号', 'No number'],
  isMade: ['已有一份；有误的先作废，再重新制作', 'There is one already: spoil it first if it is wrong'],
} as const

export const PAPERS = {
  inspection_notice: ['行政检查通知书', 'Notice of inspection'],
  inspection_record: ['现场检查笔录', 'Record on site'],
  order_to_correct: ['责令（限期）改正通知书', 'Order to correct'],
} as const

/** Why a document cannot be made yet. */
export const MISSING = {
  not_begun: ['还有检查表没有开始填写', 'A checklist is not begun yet'],
  items_open: ['还有检查事项没有回答', 'Items are still to be answered'],
  not_signed: ['现场负责人和执法人员还没有签名，也没有写明原因', 'Not signed yet by the person in charge and the officers, and no reason given'],
  no_order: ['检查表的“处理措施”没有选“责令（限期）改正”', 'No checklist says “order to correct” under measures'],
  no_breach: ['要求改正的检查表没有“不符合”的事项', 'No item of that checklist is a breach'],
  order_unsaid: ['请先写明改正的内容和期限', 'Say first what must be corrected, and by when'],
} as const

export const paper = {
  gone: ['本机没有这份文书', 'This document is not on this tablet'],
  goneAdvice: ['可能已随检查清除，或者属于另一名执法人员。', 'It may have left with its visit, or be another officer’s.'],
  number: ['文号', 'Number'],
  code: ['核验码', 'Code'],
  madeAt: ['制作时间', 'Made at'],
  hash: ['SHA-256', 'SHA-256'],
  preview: ['预览', 'Preview'],
  pages: ['按页', 'As pages'],
  large: ['大字', 'Large type'],
  look: ['显示方式', 'Shown as'],
  page: ['第 {n} 页，共 {of} 页', 'Page {n} of {of}'],
  before: ['上一页', 'Page before'],
  after: ['下一页', 'Next page'],
  print: ['打印', 'Print'],
  readTitle: ['告知', 'Told'],
  read: ['已向当事人宣读或者交其阅读', 'Read out to the party, or given to read'],
  how: ['怎样交付', 'How it is handed over'],
  handOver: ['交付', 'Hand over'],
  needsRead: ['请先宣读或者交其阅读，并勾选', 'Read it out or give it to read first, and tick it'],
  needsHow: ['请选择怎样交付', 'Say how it is handed over'],
  spoil: ['有误，作废', 'Wrong: spoil it'],
  spoilTitle: ['作废这份文书', 'Spoil this document'],
  spoilAdvice: ['文号一并作废，不再使用；作废后可以重新制作。', 'Its number becomes void and is used no more; then another can be made.'],
  why: ['作废原因', 'Why'],
  spoilNow: ['确认作废', 'Spoil it'],
  needsWhy: ['请选择原因', 'Choose why'],
  settledAt: ['{what}，{at}', '{what}, {at}'],
} as const

export const HOW = {
  paper: ['打印后当场交付', 'Printed and handed over'],
  screen: ['在平板上阅看，纸质件随后送达', 'Read on the tablet; paper follows'],
  left: ['拒绝接收，留在现场', 'Not accepted; left there'],
} as const

export const WHY = {
  wrong: ['内容填错', 'Something in it is wrong'],
  spoilt: ['打印损坏', 'Spoilt in printing'],
  other: ['其他', 'Other'],
} as const

export const STATE = {
  open: ['待交付', 'To be handed over'],
  handed: ['已交付', 'Handed over'],
  spoilt: ['已作废', 'Spoilt'],
} as const

/** How far the office has heard of a number. */
export const TOLD = {
  here: ['文号使用情况待上报', 'Its number is still to be reported'],
  told: ['文号使用情况已上报', 'Its number was reported'],
  refused: ['文号上报被退回（{word}），请联系督导人员', 'The office refused its number ({word}): ask a supervisor'],
} as const
