import { expect, it, test } from 'vitest'
import { daysAfter, dayTypes, isDayOff, weekday } from '../../src/law/days'
import { days, law } from '../vectors'

it('knows every day of four years as the server does', () => {
  for (let day = '2024-01-01'; day <= '2027-12-31'; day = daysAfter(day, 1)) {
    const wanted = days[day]
    expect(dayTypes(law, day), day).toEqual(wanted === undefined ? [] : wanted)
  }
})

test.each<[string, boolean | null, string]>([
  ['2026-10-01', true, 'a statutory day'],
  ['2026-10-07', true, 'an adjusted day off'],
  ['2026-11-21', true, 'a plain Saturday'],
  ['2026-10-10', false, 'a Saturday on which people work'],
  ['2026-11-23', false, 'a plain Monday'],
  ['2027-10-01', null, 'a year that nobody loaded'],
])('%s is a day off: %s (%s)', (day, off) => {
  expect(isDayOff(law, day)).toBe(off)
})

test('days are counted over the ends of months and years, Monday is the first of the week', () => {
  expect([daysAfter('2026-11-21', 15), daysAfter('2026-12-31', 1), daysAfter('2028-02-28', 1)]).toEqual(['2026-12-06', '2027-01-01', '2028-02-29'])
  expect(['2026-11-23', '2026-11-21', '2026-11-22'].map(weekday)).toEqual([0, 5, 6])
})
