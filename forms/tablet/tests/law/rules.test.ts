import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { deviceErrorM, judge, measure, positionErrorM, VERDICTS, whichCameFirst } from '../../src/law/rules'
import type { AtLimit } from '../../src/law/section'
import { law, verdicts } from '../vectors'

it('judges every measurement of the vectors as the server does', () => {
  for (const [method, atLimit, radiusM, boundaryM, gateM, outline, errorM, measured, distance, extent, verdict] of verdicts) {
    const line = measure(method, { boundaryM, gateM, outline, errorM, extentWithoutOutlineM: 150 })
    const judged = judge(line, { radius_m: radiusM, at_limit: atLimit })
    expect([line.measured, line.distanceM, line.extentM, judged]).toEqual([measured, distance, extent, verdict])
  }
})

const metres = fc.integer({ min: 0, max: 1_000_000 }).map((mm) => mm / 1000)
const limit = fc.constantFrom<AtLimit>('inside', 'clear', 'unsettled')

describe('a verdict', () => {
  test('is never inside within the error band', () => {
    fc.assert(
      fc.property(metres, metres, metres, metres, limit, fc.boolean(), (distanceM, extentM, errorM, radius_m, at_limit, settled) => {
        fc.pre(Math.abs(distanceM - radius_m) < errorM)
        expect(judge({ distanceM, extentM, errorM, settled }, { radius_m, at_limit })).toBe('survey')
      }),
    )
  })

  test('only becomes less sure as the error grows', () => {
    fc.assert(
      fc.property(metres, metres, metres, metres, metres, limit, fc.boolean(), (distanceM, extentM, errorM, more, radius_m, at_limit, settled) => {
        const before = judge({ distanceM, extentM, errorM, settled }, { radius_m, at_limit })
        const after = judge({ distanceM, extentM, errorM: errorM + more, settled }, { radius_m, at_limit })
        expect(after === before || after === 'survey').toBe(true)
      }),
    )
  })

  test('accuses nobody where the way of measuring is not settled, and clears all the same', () => {
    fc.assert(
      fc.property(metres, metres, metres, metres, limit, (distanceM, extentM, errorM, radius_m, at_limit) => {
        const [settled, open] = [true, false].map((way) => judge({ distanceM, extentM, errorM, settled: way }, { radius_m, at_limit }))
        expect(open).not.toBe('inside')
        expect(open === 'clear').toBe(settled === 'clear')
      }),
    )
  })

  test('of what is no distance is refused', () => {
    for (const distanceM of [-0.001, NaN, Infinity])
      expect(() => judge({ distanceM, extentM: 0, errorM: 0, settled: true }, { radius_m: 200, at_limit: 'unsettled' })).toThrow(RangeError)
  })

  test('the worst comes first', () => {
    expect(VERDICTS).toEqual(['inside', 'survey', 'not_configured', 'clear'])
  })
})

test('an error that nobody stated is assumed; a device is believed half as much as it says', () => {
  expect([positionErrorM(null, law), positionErrorM(0, law), positionErrorM(7, law)]).toEqual([50, 0, 7])
  expect([deviceErrorM(null, law), deviceErrorM(0, law), deviceErrorM(7, law)]).toEqual([50, 50, 14])
})

test.each([
  [null, '2020-09-01', 'unknown'],
  ['2019-05-06', null, 'unknown'],
  ['2020-09-01', '2020-09-01', 'same_day'],
  ['2019-05-06', '2020-09-01', 'venue_first'],
  ['2021-05-06', '2020-09-01', 'site_first'],
])('begun on %s, opened on %s: %s', (begunOn, openedOn, first) => {
  expect(whichCameFirst(begunOn, openedOn)).toBe(first)
})
