/**
 * A sketch of the surroundings in metres east and south of the venue. It is for looking only: distances that count
 * come from `geo/`, never from here.
 */
import type { Position, Site } from '../../trade'
import type { Assessment } from '../../tools'

const METRES_A_DEGREE = 111_320

export interface Sketch {
  sites: { id: number; outlines: string; points: Point[]; gates: Point[] }[]
  lines: { key: string; name: string; from: Point; to: Point; verdict: Assessment['verdict'] }[]
}
export type Point = readonly [x: number, y: number]

/** Metres east and south of `centre`. */
export function project(centre: Position, at: Position): Point {
  const shrink = Math.cos((centre[1] * Math.PI) / 180)
  return [(at[0] - centre[0]) * METRES_A_DEGREE * shrink, (centre[1] - at[1]) * METRES_A_DEGREE]
}

export function sketch(centre: Position, sites: readonly Site[], assessments: readonly Assessment[]): Sketch {
  const to = (at: Position): Point => project(centre, at)
  return {
    sites: sites.map((site) => drawSite(site, to)),
    lines: assessments.flatMap(({ ruleId, siteId, siteName, line, verdict }) =>
      line ? [{ key: `${ruleId} ${siteId}`, name: siteName ?? '', from: to(line.from), to: to(line.to), verdict }] : [],
    ),
  }
}

function drawSite(site: Site, to: (at: Position) => Point): Sketch['sites'][number] {
  const rings = site.place && 'rings' in site.place ? site.place.rings.flat().map((ring) => ring.map(to)) : []
  const points = site.place && 'points' in site.place ? site.place.points.map(to) : []
  const outlines = rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`).join('')
  return { id: site.id, outlines, points, gates: site.gates.map(to) }
}

/** The first of the widths at which all rings and the nearest site are seen; a sketch is two thirds as high as wide. */
export function widthThatShows(widths: readonly number[], rings: readonly number[], nearestM: number | null): number {
  const reach = Math.max(...rings, nearestM ?? 0)
  const fits = widths.findIndex((width) => width / 3 > reach * 1.1)
  return fits === -1 ? widths.length - 1 : fits
}
