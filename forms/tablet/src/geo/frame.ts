/**
 * Straight-line metres on the ellipsoid of CGCS2000 (GRS80), as `geodata/distance.py` measures them: in the plane that
 * touches it at the middle latitude of the two ends. Anywhere in China that is within 0.00001 m of the geodesic at
 * 1 km and within 0.01 m at 10 km; the server asks the geodesic again near a limit, and takes its answer only where it
 * differs by more than 0.01 mm. So up to 1 km that changes nothing, and it is left out here: a test on the server
 * holds it to that. Beyond 10 km a distance is for the eye.
 */
import type { Position } from '../trade'

const SEMI_MAJOR_M = 6_378_137
const FLATTENING = 1 / 298.257222101
const ECCENTRICITY2 = (2 - FLATTENING) * FLATTENING
const RADIAN = Math.PI / 180
const SHORTEST_DEGREE_M = 110_500 // of latitude, at the equator

/** How long a degree of longitude and a degree of latitude are at a latitude. */
export interface Frame { east: number; north: number }

export function frameAt(lat: number): Frame {
  const sin = Math.sin(lat * RADIAN)
  const w2 = 1 - ECCENTRICITY2 * sin * sin
  const primeVertical = SEMI_MAJOR_M / Math.sqrt(w2)
  return {
    east: primeVertical * Math.cos(lat * RADIAN) * RADIAN,
    north: ((primeVertical * (1 - ECCENTRICITY2)) / w2) * RADIAN,
  }
}

/** Metres between two points. */
export function distanceM(a: Position, b: Position): number {
  const frame = frameAt((a[1] + b[1]) / 2)
  return Math.hypot(frame.east * (a[0] - b[0]), frame.north * (a[1] - b[1]))
}

/** How far around a latitude, in degrees, nothing nearer than so many metres can lie: the filter before a measurement. */
export function reachDegrees(lat: number, metres: number): { lon: number; lat: number } {
  const north = metres / SHORTEST_DEGREE_M
  return { lon: metres / frameAt(Math.abs(lat) + north).east, lat: north }
}
