/** The plain functions that screens ask for; the larger ones are loaded when they are first wanted. */
import { distanceM } from './geo/frame'
import type { SiteIndex } from './geo/near'
import type { Assessment } from './law/assess'
import type { ItemLaw } from './law/items'
import type { Law } from './law/section'
import type { Search } from './search/search'
import type { Day, Position, Site, Venue } from './trade'

export type { Assessment, ItemLaw, Search }

/** The law of one item of a checklist. */
export type LawOf = (named: { clauses: readonly string[]; duties: readonly string[] }) => ItemLaw

export interface Tools {
  makeSearch(venues: Iterable<Venue>): Promise<Search>
  assess(venue: Venue, sites: ReadonlyMap<number, Site>, law: unknown, on: Day): Promise<Assessment[]>
  /** The sites within so many metres of a position, for the lists of a checklist. */
  sitesNear(position: Position, metres: number, sites: ReadonlyMap<number, Site>, law: unknown): Promise<Site[]>
  lawOf(law: unknown, activity: string, on: Day): Promise<LawOf>
  /** What makes the documents of a visit. */
  documents(): Promise<typeof import('./documents')>
  metresBetween(from: Position, to: Position): number
}

/** One index for each register: sorting its sites takes longer than asking about a venue. */
const indexes = new WeakMap<ReadonlyMap<number, Site>, { law: Law; sites: SiteIndex }>()
const afterTheScreen = () => new Promise<void>((resolve) => setTimeout(resolve))

async function indexed(sites: ReadonlyMap<number, Site>, section: unknown): Promise<{ law: Law; sites: SiteIndex }> {
  const known = indexes.get(sites)
  if (known) return known
  const [{ sitesForAssessing }, { readLaw }] = await Promise.all([import('./law/assess'), import('./law/section')])
  const law = readLaw(section)
  const made = { law, sites: sitesForAssessing(sites.values(), law) }
  indexes.set(sites, made)
  return made
}

export const tools: Tools = {
  async makeSearch(venues) {
    const { makeSearchInSlices } = await import('./search/search')
    return makeSearchInSlices(venues, afterTheScreen)
  },
  async assess(venue, sites, section, on) {
    const [{ assess }, known] = await Promise.all([import('./law/assess'), indexed(sites, section)])
    return assess(venue, known.sites, known.law, on)
  },
  async sitesNear(position, metres, sites, section) {
    return (await indexed(sites, section)).sites.near(position, metres)
  },
  async lawOf(section, activity, on) {
    const [{ lawOf }, { readLaw }] = await Promise.all([import('./law/items'), import('./law/section')])
    const law = readLaw(section)
    return ({ clauses, duties }) => lawOf(law, { clauses: [...clauses], duties: [...duties] }, activity, on)
  },
  documents: () => import('./documents'),
  metresBetween: distanceM,
}
