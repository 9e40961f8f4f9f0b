/** What looks odd about a position. It is said and kept: a flag never blocks. */
import type { Position } from '../../trade'
import type { Fix } from './surroundings'

export type Oddity = { why: 'no_accuracy' } | { why: 'accuracy'; m: number } | { why: 'far'; m: number }

const POOR_M = 100
const FAR_M = 150 // beyond the accuracy: the server flags a visit that was recorded farther away than this

/** The first thing that looks odd, or null. Nothing is far from a venue whose place the register does not know. */
export function oddityOf(fix: Pick<Fix, 'position' | 'accuracyM'>, registered: Position | null, metresBetween: (a: Position, b: Position) => number): Oddity | null {
  if (!(fix.accuracyM > 0)) return { why: 'no_accuracy' }
  if (fix.accuracyM > POOR_M) return { why: 'accuracy', m: POOR_M }
  if (registered === null) return null
  const m = Math.round(metresBetween(fix.position, registered))
  return m - fix.accuracyM > FAR_M ? { why: 'far', m } : null
}

/** Latitude, longitude, height, accuracy, as XForms want it. */
export function geopointOf(fix: Fix): string {
  const [lon, lat] = fix.position
  return `${lat.toFixed(7)} ${lon.toFixed(7)} ${(fix.altitudeM ?? 0).toFixed(1)} ${fix.accuracyM.toFixed(1)}`
}

export function readGeopoint(value: string): Pick<Fix, 'position' | 'accuracyM'> | null {
  const [lat, lon, , accuracyM = 0] = value.split(' ').map(Number)
  return lat === undefined || lon === undefined || value === '' ? null : { position: [lon, lat], accuracyM }
}
