/**
 * What is odd about a position that the tablet measured. A browser does not say whether a position was invented, so
 * it is held against what can be. Whatever is odd is shown and flagged; it blocks nothing.
 */
import type { Instant, Position } from '../trade'
import { distanceM } from './frame'

export interface Fix { position: Position; accuracyM: number | null; at: Instant }

/** 没有精度 / 精度太差 / 离场所太远 / 移动太快 */
export type Oddity = 'accuracy_unstated' | 'inaccurate' | 'far_from_venue' | 'too_far_too_soon'

/** From where on something is odd: the defaults of the server. */
export const BOUNDS = { inaccurateM: 100, farM: 300, fastestKmh: 130 }

/** Hold a position against the one before it and against the venue, whose error of position is `errorM`. */
export function oddities(
  fix: Fix, before: Fix | null, venue: { position: Position; errorM: number } | null, bounds = BOUNDS,
): Oddity[] {
  const found: Oddity[] = []
  if (!fix.accuracyM) found.push('accuracy_unstated') // no device is exact: 0 is what invented positions carry
  else if (fix.accuracyM > bounds.inaccurateM) found.push('inaccurate')
  if (venue && distanceM(fix.position, venue.position) - venue.errorM - (fix.accuracyM ?? 0) > bounds.farM)
    found.push('far_from_venue')
  if (before && speedKmh(fix, before) > bounds.fastestKmh) found.push('too_far_too_soon')
  return found
}

/** How fast the tablet certainly moved; a position whose error nobody stated says nothing. */
function speedKmh(fix: Fix, before: Fix): number {
  if (!fix.accuracyM || !before.accuracyM) return 0
  const apartM = distanceM(fix.position, before.position) - 2 * (fix.accuracyM + before.accuracyM)
  const seconds = Math.abs(Date.parse(fix.at) - Date.parse(before.at)) / 1000
  return apartM > 0 ? (apartM / seconds) * 3.6 : 0
}
