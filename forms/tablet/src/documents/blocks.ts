/** What a document is made of: blocks of plain text, the same whoever renders them (docs/documents.md). */
import type { Day } from '../trade'

/** 行政检查通知书、现场检查笔录、责令（限期）改正通知书: the kinds of which a tablet reserves numbers. */
export const PRINTED = ['inspection_notice', 'inspection_record', 'order_to_correct'] as const

export type DocumentKind = (typeof PRINTED)[number]

export type Block = { no: number } & Content

export type Content =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'table'; head: string[] | null; rows: string[][] }
  | Signature
  | { kind: 'seal'; agency: string; on: string }
  | { kind: 'verification'; code: string; address: string | null }

/** Where somebody signs. `image` names the attachment; without a signature `reason` says why, if it is known yet. */
export interface Signature {
  kind: 'signature'
  label: string
  name: string | null
  certificateNo: string | null
  state: 'signed' | 'refused' | 'absent' | 'pending'
  reason: string | null
  image: string | null
  at: string | null
}

export interface Document { kind: DocumentKind; number: string | null; title: string; on: Day; officers: string[]; blocks: Block[] }

/** Number the blocks from 1, so that a correction can name one. */
export function numbered(contents: Content[]): Block[] {
  return contents.map((content, i) => ({ no: i + 1, ...content }))
}

export const heading = (text: string, level: 1 | 2 = 2): Content => ({ kind: 'heading', level, text })

export const paragraph = (text: string): Content => ({ kind: 'paragraph', text })

/** Facts in two columns, without those that nobody stated. */
export function facts(rows: [name: string, value: string | null][]): Content {
  return { kind: 'table', head: null, rows: rows.flatMap(([name, value]) => (value ? [[name, value]] : [])) }
}

/** （一）（二）… before each of some sentences. */
export function listed(sentences: string[]): Content[] {
  return sentences.map((sentence, i) => paragraph(`（${inChinese(i + 1)}）${sentence}`))
}

const DIGITS = '零一二三四五六七八九'

/** A number from 1 to 99 as documents write it. */
function inChinese(number: number): string {
  const [tens, units] = [Math.floor(number / 10), number % 10]
  return `${tens > 1 ? DIGITS[tens] : ''}${tens ? '十' : ''}${units ? DIGITS[units] : ''}`
}
