/** What kind of day it is (法定节假日、补假、调休、周末), and the calendar by which documents count. */
import type { Day } from '../trade'
import type { DayType, Law } from './section'

/** The flags of a day; null for a year whose holidays are not in the package: nobody knows them. */
export function dayTypes(law: Law, day: Day): DayType[] | null {
  if (!law.days.years.includes(Number(day.slice(0, 4)))) return null
  return law.days.arranged[day] ?? (isWeekend(day) ? ['weekend'] : [])
}

/** Whether everybody has that day off, whatever the reason; null where nobody knows. */
export function isDayOff(law: Law, day: Day): boolean | null {
  const types = dayTypes(law, day)
  if (!types) return null
  return types.some((type) => OFF.includes(type)) || (types.includes('weekend') && !types.includes('adjusted_workday'))
}

const OFF: DayType[] = ['statutory_day', 'makeup_holiday', 'adjusted_day_off']

/** So many days later (`2026-11-21` + 15 is `2026-12-06`). */
export function daysAfter(day: Day, days: number): Day {
  const later = new Date(`${day}T00:00:00Z`)
  later.setUTCDate(later.getUTCDate() + days)
  return later.toISOString().slice(0, 10)
}

/** The weekday, Monday is 0. */
export function weekday(day: Day): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}

function isWeekend(day: Day): boolean {
  return weekday(day) >= 5
}
