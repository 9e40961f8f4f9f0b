import { expect, test } from 'vitest'
import { oddities, type Fix } from '../../src/geo/plausible'

const HERE: Fix = { position: [121.47, 31.23], accuracyM: 8, at: '2026-11-21T14:05:00+08:00' }
const VENUE = { position: [121.4705, 31.2303] as const, errorM: 50 }

test.each([
  ['all is well', HERE, null, []],
  ['no accuracy', { ...HERE, accuracyM: null }, null, ['accuracy_unstated']],
  ['an accuracy of nothing, as invented positions have', { ...HERE, accuracyM: 0 }, null, ['accuracy_unstated']],
  ['a poor accuracy', { ...HERE, accuracyM: 101 }, null, ['inaccurate']],
  ['far from the venue', { ...HERE, position: [121.4755, 31.23] as const }, null, ['far_from_venue']],
  ['a poor position counts as near while it may be', { ...HERE, position: [121.4755, 31.23] as const, accuracyM: 250 }, null, ['inaccurate']],
  ['a minute after it was two kilometres away', HERE, { ...HERE, position: [121.49, 31.23], at: '2026-11-21T14:04:00+08:00' }, []],
  ['a minute after it was three kilometres away', HERE, { ...HERE, position: [121.502, 31.23], at: '2026-11-21T14:04:00+08:00' }, ['too_far_too_soon']],
  ['in two places at once', HERE, { ...HERE, position: [121.502, 31.23] }, ['too_far_too_soon']],
  ['three kilometres away, but nobody knows how exactly', HERE, { ...HERE, position: [121.502, 31.23], accuracyM: null }, []],
] satisfies [string, Fix, Fix | null, string[]][])('%s', (_, fix, before, found) => {
  expect(oddities(fix, before, VENUE)).toEqual(found)
})

test('without a venue nothing is far', () => {
  expect(oddities({ ...HERE, position: [100, 30] }, null, null)).toEqual([])
})
