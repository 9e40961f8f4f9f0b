import { expect, test } from 'vitest'

import { dayOf, daysLater, instantOf, weekdayOf } from '../../src/components/questions/clock'
import { geopointOf, oddityOf, readGeopoint } from '../../src/components/questions/plausible'

const HERE = [121.47, 31.23] as const
const metres = (m: number) => () => m

test('an instant carries seconds and the offset of the device', () => {
  const at = new Date('2026-11-20T02:05:06.789Z')

  expect(instantOf(at)).toMatch(/^2026-11-\d\dT\d\d:\d\d:06\.789[+-]\d\d:\d\d$/)
  expect(new Date(instantOf(at))).toEqual(at)
  expect(dayOf(at)).toBe(instantOf(at).slice(0, 10))
})

test('days are counted over the end of a month and of February', () => {
  expect(daysLater('2028-02-27', 3)).toBe('2028-03-01')
  expect(weekdayOf('2026-11-26')).toBe(4)
  expect(weekdayOf('no day')).toBeNull()
})

test('a position is written and read alike', () => {
  const fix = { position: HERE, altitudeM: null, accuracyM: 8.5, at: '' }

  expect(geopointOf(fix)).toBe('31.2300000 121.4700000 0.0 8.5')
  expect(readGeopoint(geopointOf(fix))).toEqual({ position: [121.47, 31.23], accuracyM: 8.5 })
  expect(readGeopoint('')).toBeNull()
})

test.each([
  ['no accuracy is stated', 0, 0, { why: 'no_accuracy' }],
  ['the accuracy is poor', 101, 0, { why: 'accuracy', m: 100 }],
  ['it is far from the register, beyond its accuracy', 10, 161, { why: 'far', m: 161 }],
  ['it is far but within its accuracy', 10, 160, null],
  ['all is well', 8, 20, null],
])('%s', (_, accuracyM, distance, oddity) => {
  expect(oddityOf({ position: HERE, accuracyM }, HERE, metres(distance))).toEqual(oddity)
})

test('a venue without a place in the register is never far', () => {
  expect(oddityOf({ position: HERE, accuracyM: 5 }, null, metres(9000))).toBeNull()
})
