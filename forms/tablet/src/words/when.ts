/** Days, instants, deadlines, sizes and distances as an officer reads them: Shanghai time, 24 hours. */
import type { Day, Instant } from '../trade'
import { t } from '.'

const SHANGHAI = { timeZone: 'Asia/Shanghai' } as const
const DAY = new Intl.DateTimeFormat('sv-SE', { ...SHANGHAI, dateStyle: 'short' })
const MINUTE = new Intl.DateTimeFormat('sv-SE', { ...SHANGHAI, dateStyle: 'short', timeStyle: 'short' })

export const when = {
  overdue: ['已超期 {n} 天', '{n} d overdue'],
  dueToday: ['今天到期', 'Due today'],
  dueTomorrow: ['明天到期', 'Due tomorrow'],
  dueIn: ['还剩 {n} 天', '{n} d left'],
  metres: ['{n} 米', '{n} m'],
  kilometres: ['{n} 公里', '{n} km'],
} as const

export function dayOf(at: Date): Day {
  return DAY.format(at)
}

/** A date that no line breaks. */
export function dayText(day: Day): string {
  return day.replaceAll('-', '-\u2060')
}

/** `2026-11-21 14:05` */
export function minuteOf(at: Instant): string {
  return dayText(MINUTE.format(new Date(at))).replace(' ', '\u00a0')
}

/** Whole days from one day to another; negative when the other has passed. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

export interface Deadline { text: string; tone: 'plain' | 'warn' | 'danger' }

/** A deadline in words; red only when it has passed. */
export function deadline(due: Day, today: Day): Deadline {
  const left = daysBetween(today, due)
  if (left < 0) return { text: t(when.overdue, { n: -left }), tone: 'danger' }
  if (left === 0) return { text: t(when.dueToday), tone: 'warn' }
  if (left === 1) return { text: t(when.dueTomorrow), tone: 'warn' }
  return { text: t(when.dueIn, { n: left }), tone: left <= 3 ? 'warn' : 'plain' }
}

export function distanceText(metres: number): string {
  if (metres < 1000) return t(when.metres, { n: metres < 10 ? metres.toFixed(1) : Math.round(metres) })
  return t(when.kilometres, { n: (metres / 1000).toFixed(1) })
}

export function bytesText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} KB`
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
