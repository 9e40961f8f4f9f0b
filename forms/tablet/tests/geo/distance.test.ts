import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { distanceM } from '../../src/geo/frame'
import { distanceToOutlineM, nearestOf } from '../../src/geo/outline'
import type { Position } from '../../src/trade'
import { distances, pairs } from '../vectors'

const china = fc.tuple(fc.double({ min: 73.5, max: 135, noNaN: true }), fc.double({ min: 18, max: 53.5, noNaN: true }))
const step = fc.double({ min: -0.004, max: 0.004, noNaN: true })
const beside = ([lon, lat]: Position, dx: number, dy: number): Position => [lon + dx, lat + dy]

it.each(distances)('$name: as far as the server measures, to the millimetre', ({ from, place, metres, at }) => {
  const nearest = nearestOf(from, place)

  expect(Math.abs(nearest.distanceM - metres)).toBeLessThan(metres > 10_000 ? 0.1 : 0.001)
  expect(distanceToOutlineM(from, place)).toBe(nearest.distanceM)
  expect(distanceM(nearest.at, at)).toBeLessThan(0.01)
})

function* parkMiller(state: number): Generator<number, never> {
  for (;;) yield (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

it('measures ten thousand pairs all over China as the server does', () => {
  const chance = parkMiller(pairs.seed)
  const next = (): number => chance.next().value
  const off = pairs.metres.map((metres) => {
    const [lon, lat] = [73.5 + 61.6 * next(), 18 + 35.5 * next()]
    const reach = next() < 0.5 ? 0.001 : 0.05
    return Math.abs(distanceM([lon, lat], beside([lon, lat], (next() - 0.5) * reach, (next() - 0.5) * reach)) - metres)
  })

  expect(off).toHaveLength(10_000)
  expect(Math.max(...off)).toBeLessThan(0.001)
})

describe('a distance', () => {
  test('is the same there and back, and nothing to itself', () => {
    fc.assert(
      fc.property(china, step, step, (a, dx, dy) => {
        const b = beside(a, dx, dy)
        expect(distanceM(a, b)).toBe(distanceM(b, a))
        expect(distanceM(a, a)).toBe(0)
      }),
    )
  })

  test('is no longer than the way over a third place', () => {
    fc.assert(
      fc.property(china, step, step, step, step, (a, bx, by, cx, cy) => {
        const [b, c] = [beside(a, bx, by), beside(a, cx, cy)]
        expect(distanceM(a, c)).toBeLessThanOrEqual(distanceM(a, b) + distanceM(b, c) + 0.0001)
      }),
    )
  })

  test('to an outline is that to its nearest corner at most, and never more than a step away from that of a neighbour', () => {
    fc.assert(
      fc.property(china, fc.array(fc.tuple(step, step), { minLength: 3, maxLength: 9 }), step, step, (a, corners, dx, dy) => {
        const ring = corners.map(([x, y]) => beside(a, x, y))
        const place = { rings: [[[...ring, ring[0] ?? a]]] }
        const b = beside(a, dx, dy)
        const metres = distanceToOutlineM(a, place)
        expect(metres).toBeLessThanOrEqual(Math.min(...ring.map((corner) => distanceM(a, corner))) + 0.0001)
        expect(Math.abs(metres - distanceToOutlineM(b, place))).toBeLessThanOrEqual(distanceM(a, b) + 0.0001)
      }),
    )
  })
})
