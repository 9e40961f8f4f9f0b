/** The plain functions that screens ask for; the larger ones are loaded when they are first wanted. */
import { distanceM } from './geo/frame'
import type { SiteIndex } from './geo/near'
import type { Assessment } from './law/assess'
import type { Law } from './law/section'
import type { Search } from './search/search'
import type { Day, Position, Site, Venue } from './trade'

export type { Assessment, Search }

export interface Tools {
  makeSearch(venues: Iterable<Venue>): Promise<Search>
  assess(venue: Venue, sites: ReadonlyMap<number, Site>, law: unknown, on: Day): Promise<Assessment[]>
  metresBetween(from: Position, to: Position): number
}

/** One index for each register: sorting its sites takes longer than asking about a venue. */
const indexes = new WeakMap<ReadonlyMap<number, Site>, { law: Law; sites: SiteIndex }>()
const afterTheScreen = () => new Promise<void>((resolve) => setTimeout(resolve))

export const tools: Tools = {
  async makeSearch(venues) {
    const { makeSearchInSlices } = await import('./search/search')
    return makeSearchInSlices(venues, afterTheScreen)
  },
  async assess(venue, sites, section, on) {
    const [{ assess, sitesForAssessing }, { readLaw }] = await Promise.all([import('./law/assess'), import('./law/section')])
    const known = indexes.get(sites) ?? indexed(sites, readLaw(section), sitesForAssessing)
    return assess(venue, known.sites, known.law, on)
  },
  metresBetween: distanceM,
}

function indexed(sites: ReadonlyMap<number, Site>, law: Law, index: (sites: Iterable<Site>, law: Law) => SiteIndex) {
  const made = { law, sites: index(sites.values(), law) }
  indexes.set(sites, made)
  return made
}
