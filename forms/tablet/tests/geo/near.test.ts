import fc from 'fast-check'
import { expect, it } from 'vitest'
import { siteIndex } from '../../src/geo/near'
import { distanceToOutlineM } from '../../src/geo/outline'
import type { Position, Site } from '../../src/trade'

const spot = fc.tuple(fc.double({ min: 121.2, max: 121.7, noNaN: true }), fc.double({ min: 31, max: 31.4, noNaN: true }))

function siteAt(id: number, [lon, lat]: Position, side: number): Site {
  const ring: Position[] = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
  const place = side ? { rings: [[ring]] } : { points: [[lon, lat] satisfies Position] }
  return { id, version: 1, name: null, kind: 'primary', address: null, areaCode: null, place, gates: [], accuracyM: 0, openedOn: null, closedOn: null }
}

it('finds every site that is near enough, with its slack, however large it is', () => {
  const drawn = fc.tuple(spot, fc.constantFrom(0, 0.001, 0.05, 0.4), fc.constantFrom(0, 700, 60_000))
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 30 }), spot, fc.constantFrom(1, 300, 5_000, 90_000), (sites, at, metres) => {
      const rows = sites.map(([where, side], id) => siteAt(id, where, side))
      const slack = (site: Site): number => sites[site.id]?.[2] ?? 0
      const found = new Set(siteIndex(rows, slack).near(at, metres).map((site) => site.id))
      for (const row of rows)
        if (row.place && distanceToOutlineM(at, row.place) <= metres + slack(row)) expect(found).toContain(row.id)
    }),
  )
})

it('looks at few of eight thousand sites, and answers in milliseconds', () => {
  const rows = Array.from({ length: 8_000 }, (_, id) => siteAt(id, [121 + (id % 100) / 100, 30.7 + Math.floor(id / 100) / 100], 0.0015))
  const index = siteIndex(rows, () => 50)
  const began = performance.now()
  const found = Array.from({ length: 100 }, () => index.near([121.5, 31.1], 500).length)

  expect(Math.max(...found)).toBeLessThan(20)
  expect((performance.now() - began) / 100).toBeLessThan(5)
})

it('knows nothing of a site that nobody placed', () => {
  expect(siteIndex([{ ...siteAt(1, [121.5, 31.1], 0), place: null }], () => 0).near([121.5, 31.1], 1_000)).toEqual([])
})
