/** Days, instants and what people wrote, as official documents show them. */
import { dayTypes, isDayOff, weekday } from '../law/days'
import type { Law } from '../law/section'
import type { Day, Instant } from '../trade'

const SHANGHAI_MS = 8 * 60 * 60 * 1000 // no summer time since 1991

/** 2026年11月21日 */
export function dayShown(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** 2026年11月21日14时05分, in Shanghai whatever the tablet's clock is set to. */
export function instantShown(at: Instant): string {
  const local = new Date(Date.parse(at) + SHANGHAI_MS).toISOString()
  return `${dayShown(local.slice(0, 10))}${local.slice(11, 13)}时${local.slice(14, 16)}分`
}

/** The day in Shanghai of an instant: its law applies. */
export function dayOf(at: Instant): Day {
  return new Date(Date.parse(at) + SHANGHAI_MS).toISOString().slice(0, 10)
}

/** 2026年12月6日（星期日，休息日）: a day by which something is due, so that nobody is surprised by a holiday. */
export function dueShown(law: Law, day: Day): string {
  return `${dayShown(day)}（星期${'一二三四五六日'[weekday(day)]}，${kindOfDay(law, day)}）`
}

function kindOfDay(law: Law, day: Day): string {
  const types = dayTypes(law, day)
  if (!types) return '当年节假日安排尚未公布或录入'
  if (types.includes('statutory_day')) return '法定节假日'
  return isDayOff(law, day) ? '休息日' : '工作日'
}

const GAP = '[\\s\\-_.·—]{0,3}'
const RESIDENT_ID = new RegExp(`(?<!\\d)[1-9](?:${GAP}\\d){16}${GAP}[\\dXx](?!\\d)`, 'gu')
const MOBILE = new RegExp(`(?<!\\d)1${GAP}[3-9](?:${GAP}\\d){9}(?!\\d)`, 'gu')
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/**
 * What somebody wrote, without resident IDs and mobile numbers: no child is named by a number on paper. The server
 * masks more forms of them when the record arrives; names are for the reader of the preview to see.
 */
export function masked(text: string): string {
  const plain = text.replace(/[０-９Ｘｘ]/gu, (sign) => sign.normalize('NFKC'))
  return plain.replace(RESIDENT_ID, (number) => (isResidentId(number) ? '〔身份证号〕' : number)).replace(MOBILE, '〔手机号〕').trim()
}

function isResidentId(number: string): boolean {
  const signs = number.replace(/[^\dXx]/gu, '').toUpperCase()
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(signs[i]), 0)
  return '10X98765432'[sum % 11] === signs[17]
}
