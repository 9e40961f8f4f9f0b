/** The venues nearest to where somebody stands. */
import type { Tools } from '../../tools'
import type { Position, Venue } from '../../trade'

export function nearest(venues: readonly Venue[], here: Position, metresBetween: Tools['metresBetween'], most: number): Venue[] {
  const far = venues.flatMap((venue) => (venue.position ? [{ venue, metres: metresBetween(here, venue.position) }] : []))
  return far.sort((a, b) => a.metres - b.metres).slice(0, most).map(({ venue }) => venue)
}
