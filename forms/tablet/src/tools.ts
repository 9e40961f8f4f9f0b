/** The plain functions that screens ask for, each loaded when it is first wanted. */
import { Refused } from './tablet'
import type { Day, Position, Site, SiteKind, Text, Venue } from './trade'

/** What one rule says of one site; without a site, what it says where none is near. */
export interface Assessment {
  ruleId: string
  siteId: number | null
  siteName: string | null
  siteKind: SiteKind | null
  distanceM: number | null
  method: string | null
  radiusM: number | null
  verdict: 'inside' | 'survey' | 'not_configured' | 'clear'
  reason: Text
  clauses: { citation: Text | null; summary: Text }[]
  /** From the venue to where a measuring tape would end. */
  line: { from: Position; to: Position } | null
  cameFirst: string
}

export type Search = (text: string, limit?: number) => Venue[]

/** What is loaded only when a screen asks for it. */
export interface Tools {
  makeSearch(venues: Venue[]): Promise<Search>
  assess(venue: Venue, sites: ReadonlyMap<number, Site>, law: unknown, on: Day): Promise<Assessment[]>
  metresBetween(from: Position, to: Position): number
}

export const tools: Tools = {
  makeSearch: () => Promise.reject(new Refused('not_built')),
  assess: () => Promise.reject(new Refused('not_built')),
  metresBetween: () => NaN,
}
