import { expect, it, test } from 'vitest'
import { dayOf, dayShown, instantShown, masked } from '../../src/documents/shown'

it('writes days and instants as documents do, in Shanghai', () => {
  expect(dayShown('2026-01-05')).toBe('2026年1月5日')
  expect(instantShown('2026-11-21T06:05:59Z')).toBe('2026年11月21日14时05分')
  expect([instantShown('2026-12-31T16:00:00Z'), dayOf('2026-12-31T16:00:00Z')]).toEqual(['2027年1月1日00时00分', '2027-01-01'])
})

test.each([
  ['号码11010519491231002X。', '号码〔身份证号〕。'],
  ['110105 1949-1231 002x', '〔身份证号〕'],
  ['１１０１０５１９４９１２３１００２Ｘ', '〔身份证号〕'],
  ['电话 138 0013 8000', '电话 〔手机号〕'],
  ['许可证 110105194912310021', '许可证 110105194912310021'],
  ['91350100M000100Y43', '91350100M000100Y43'],
  ['沪0123456789', '沪0123456789'],
  ['  两名，11时 ', '两名，11时'],
])('%s becomes %s', (text, shown) => {
  expect(masked(text)).toBe(shown)
})
