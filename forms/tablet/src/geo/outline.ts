/** From a point to a site: to the nearest edge of its outline or to the nearest of its points, and where that is. */
import type { Position, Site } from '../trade'
import { distanceM, frameAt } from './frame'

export type Place = NonNullable<Site['place']>

/** Where a measuring tape would end, and how long it would be: 0 inside an outline, to its edge in a hole. */
export interface Nearest { distanceM: number; at: Position }

/** Metres from a point to a site. */
export function distanceToOutlineM(from: Position, place: Place): number {
  return nearestOf(from, place).distanceM
}

/** The nearest point of a site's edge, also for a point inside of it, and the distance to the site. */
export function nearestOf(from: Position, place: Place): Nearest {
  if ('points' in place) return nearest(place.points.map((at) => ({ distanceM: distanceM(from, at), at })))
  return nearest(place.rings.map((polygon) => toPolygon(from, polygon)))
}

function toPolygon(from: Position, rings: Position[][]): Nearest {
  const edge = nearest(rings.flatMap((ring) => edgesOf(ring).map(([start, end]) => toEdge(from, start, end))))
  return isInside(from, rings) ? { distanceM: 0, at: edge.at } : edge
}

function nearest(found: Nearest[]): Nearest {
  return found.reduce((best, one) => (one.distanceM < best.distanceM ? one : best), NOWHERE)
}

const NOWHERE: Nearest = { distanceM: Infinity, at: [NaN, NaN] }

function edgesOf(ring: Position[]): [Position, Position][] {
  return ring.map((start, i) => [start, ring[(i + 1) % ring.length] ?? start])
}

/** An edge is straight in longitude and latitude, as maps draw it. */
function toEdge(from: Position, start: Position, end: Position): Nearest {
  const { east, north } = frameAt(from[1])
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]]
  const [ax, ay] = [from[0] - start[0], from[1] - start[1]]
  const length2 = (dx * east) ** 2 + (dy * north) ** 2
  const share = length2 > 0 ? (ax * dx * east ** 2 + ay * dy * north ** 2) / length2 : 0
  const along = Math.min(1, Math.max(0, share))
  const at: Position = [start[0] + along * dx, start[1] + along * dy]
  return { distanceM: distanceM(from, at), at }
}

/** Whether an odd number of edges crosses the point's parallel east of it: holes count like everything else. */
function isInside(from: Position, rings: Position[][]): boolean {
  const crossed = rings.flatMap(edgesOf).filter(([start, end]) => {
    if (start[1] > from[1] === end[1] > from[1]) return false
    const rises = (from[0] - start[0]) * (end[1] - start[1]) < (from[1] - start[1]) * (end[0] - start[0])
    return rises === end[1] > start[1]
  })
  return crossed.length % 2 === 1
}
