/** Finding the sites around a place among thousands: a grid of cells, each knowing the sites that touch it. */
import type { Position, Site } from '../trade'
import { reachDegrees } from './frame'

const CELL = 0.01 // degrees, about a kilometre
const ROW = 100_000 // more than there are cells around the earth
const MANY_CELLS = 400 // a site that touches more is looked at every time

interface Box { west: number; south: number; east: number; north: number }

export interface SiteIndex {
  /** Sites of which some part may lie within so many metres of a place, in the order in which they were given. */
  near(at: Position, metres: number): Site[]
}

/**
 * Sort sites into cells. `slackM` says how far a site may be from where it is drawn: one that nobody placed well is
 * found from afar, and does not widen the search for all others.
 */
export function siteIndex(sites: Iterable<Site>, slackM: (site: Site) => number): SiteIndex {
  const known: { site: Site; box: Box }[] = []
  const cells = new Map<number, number[]>()
  const everywhere: number[] = []
  for (const site of sites) {
    const box = boxOf(site, slackM(site))
    if (!box) continue
    const number = known.push({ site, box }) - 1
    if (countCells(box) > MANY_CELLS) everywhere.push(number)
    else for (const cell of cellsOf(box)) put(cells, cell, number)
  }
  return {
    near(at, metres) {
      const asked = around(at, metres)
      const few = countCells(asked) <= MANY_CELLS
      const numbers = few ? cellsOf(asked).flatMap((cell) => cells.get(cell) ?? []).concat(everywhere) : known.map((_, i) => i)
      return [...new Set(numbers)].sort((a, b) => a - b).flatMap((number) => {
        const one = known[number]
        return one && meet(one.box, asked) ? [one.site] : []
      })
    },
  }
}

function put(cells: Map<number, number[]>, cell: number, number: number): void {
  const there = cells.get(cell)
  if (there) there.push(number)
  else cells.set(cell, [number])
}

function around(at: Position, metres: number): Box {
  const reach = reachDegrees(at[1], metres)
  return { west: at[0] - reach.lon, south: at[1] - reach.lat, east: at[0] + reach.lon, north: at[1] + reach.lat }
}

function boxOf(site: Site, slackM: number): Box | null {
  const corners = [...cornersOf(site.place), ...site.gates]
  if (!corners.length) return null
  const lons = corners.map(([lon]) => lon)
  const lats = corners.map(([, lat]) => lat)
  const low = around([Math.min(...lons), Math.min(...lats)], slackM)
  const high = around([Math.max(...lons), Math.max(...lats)], slackM)
  return { west: Math.min(low.west, high.west), south: low.south, east: Math.max(low.east, high.east), north: high.north }
}

function cornersOf(place: Site['place']): Position[] {
  if (!place) return []
  return 'points' in place ? place.points : place.rings.flat(2)
}

const number = (degrees: number): number => Math.floor(degrees / CELL)

function countCells(box: Box): number {
  return (number(box.east) - number(box.west) + 1) * (number(box.north) - number(box.south) + 1)
}

function cellsOf(box: Box): number[] {
  const found: number[] = []
  for (let row = number(box.south); row <= number(box.north); row++)
    for (let column = number(box.west); column <= number(box.east); column++) found.push(row * ROW + column)
  return found
}

function meet(box: Box, other: Box): boolean {
  return box.west <= other.east && other.west <= box.east && box.south <= other.north && other.south <= box.north
}
