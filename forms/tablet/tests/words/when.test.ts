import { describe, expect, test } from 'vitest'

import { bytesText, dayOf, dayText, daysBetween, deadline, distanceText, minuteOf } from '../../src/words/when'

const plain = (text: string): string => text.replaceAll('\u2060', '').replaceAll('\u00a0', ' ')

describe('days and instants', () => {
  test('are those of Shanghai, whatever the tablet believes', () => {
    expect(dayOf(new Date('2026-11-20T16:00:00Z'))).toBe('2026-11-21')
    expect(plain(minuteOf('2026-11-21T06:05:59Z'))).toBe('2026-11-21 14:05')
  })

  test('are never broken by a line', () => {
    expect(dayText('2026-11-21')).toBe('2026-\u206011-\u206021')
    expect(minuteOf('2026-11-21T06:05:59Z')).not.toContain(' ')
  })

  test('count across months and back', () => {
    expect([daysBetween('2026-02-28', '2026-03-01'), daysBetween('2026-03-01', '2026-02-28')]).toEqual([1, -1])
  })
})

test.each([
  ['2026-11-20', '已超期 1 天', 'danger'],
  ['2026-11-21', '今天到期', 'warn'],
  ['2026-11-22', '明天到期', 'warn'],
  ['2026-11-24', '还剩 3 天', 'warn'],
  ['2026-11-25', '还剩 4 天', 'plain'],
])('what is due on %s reads %s', (due, text, tone) => {
  expect(deadline(due, '2026-11-21')).toEqual({ text, tone })
})

test('distances and sizes are rounded as people say them', () => {
  expect([9.96, 182.4, 999.4, 1249].map(distanceText)).toEqual(['10.0 米', '182 米', '999 米', '1.2 公里'])
  expect([1, 18_200, 3_412_000, 12e9].map(bytesText)).toEqual(['1 KB', '18 KB', '3.4 MB', '12.0 GB'])
})
