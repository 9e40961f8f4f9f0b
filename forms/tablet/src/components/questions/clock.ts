/** Days and instants as people here write them, from the clock that is handed in. */
import type { Day, Instant } from '../../trade'

/** An instant with seconds and the offset of this device: `2026-11-20T10:05:00.000+08:00`. */
export function instantOf(at: Date): Instant {
  const offset = -at.getTimezoneOffset()
  const local = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, -1)
  const minutes = Math.abs(offset)
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

export function dayOf(at: Date): Day {
  return instantOf(at).slice(0, 10)
}

export function daysLater(day: Day, days: number): Day {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** 0 is Sunday. Null where it is no day. */
export function weekdayOf(day: Day): number | null {
  const at = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? null : at.getUTCDay()
}

/** `2026-11-20 10:05`, as screens show it. */
export function shortInstant(instant: Instant): string {
  return instant.slice(0, 16).replace('T', ' ')
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
