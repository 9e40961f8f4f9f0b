/** A venue held against the sites around it, on the tablet: the verdicts of the server (`backend/screening`). */
import { nearestOf, type Place } from '../geo/outline'
import { siteIndex, type SiteIndex } from '../geo/near'
import type { Day, Position, Site, SiteKind, Text, Venue } from '../trade'
import { clausesOf, type ClauseShown } from './items'
import { reasonOf } from './reasons'
import { distanceRule, judge, measure, positionErrorM, whichCameFirst, worst, type CameFirst, type Distance, type Measured, type Verdict } from './rules'
import type { DistanceRuleRow, Law } from './section'

/** How far around a venue sites are listed that are no matter of concern. */
export const SHOWN_M = 500
const KINDS: SiteKind[] = ['primary', 'middle', 'vocational', 'special', 'specialised', 'kindergarten', 'other']

/** What one rule says of one site; without a site, what it says where none is near. */
export interface Assessment {
  ruleId: string
  activity: string
  siteId: number | null
  siteName: string | null
  siteKind: SiteKind | null
  /** In the rule's way, as far as it can be measured; `boundaryM` and `gateM` are shown beside it. */
  distanceM: number | null
  boundaryM: number | null
  gateM: number | null
  errorM: number | null
  extentM: number | null
  method: Measured | null
  radiusM: number | null
  verdict: Verdict
  reason: Text
  clauses: ClauseShown[]
  /** From the venue to where a measuring tape would end. */
  line: { from: Position; to: Position } | null
  cameFirst: CameFirst
}

/** Sites sorted for `assess`; made once for a package. A site is found as far away as its errors reach. */
export function sitesForAssessing(sites: Iterable<Site>, law: Law): SiteIndex {
  return siteIndex(sites, (site) => positionErrorM(site.accuracyM, law) + (outlineOf(site) ? 0 : law.assumed.extent_without_outline_m))
}

/** Every activity of a venue under every rule in force on a day, nearest site first; nothing for a venue without a position. */
export function assess(venue: Venue, sites: SiteIndex, law: Law, on: Day): Assessment[] {
  const { position } = venue
  if (!position) return []
  return [...venue.activities].sort().flatMap((activity) => {
    const ruled = rulesFor(law, activity, venue.areaCode ?? '', on)
    const near = heldNear(venue, position, ruled, sites, law, on)
    const byRule = new Map<string, DistanceRuleRow[]>()
    for (const rule of ruled.values()) byRule.set(rule.id, [...(byRule.get(rule.id) ?? []), rule])
    return [...byRule.values()].flatMap((rules) => answersOf(rules, activity, near, law, on, venue))
  })
}

/** The verdict of each rule over all sites, and the worst of all; null where no rule speaks. */
export function verdictOf(assessments: Assessment[]): Verdict | null {
  return assessments.length ? worst(assessments.map((one) => one.verdict)) : null
}

interface Held { site: Site; rule: DistanceRuleRow; distance: Distance; to: { boundary: Position; gate: Position | null } }

function rulesFor(law: Law, activity: string, district: string, on: Day): Map<SiteKind, DistanceRuleRow> {
  const found = new Map<SiteKind, DistanceRuleRow>()
  for (const kind of KINDS) {
    const rule = distanceRule(law, activity, kind, district, on)
    if (rule) found.set(kind, rule)
  }
  return found
}

function heldNear(venue: Venue, from: Position, ruled: Map<SiteKind, DistanceRuleRow>, sites: SiteIndex, law: Law, on: Day): Held[] {
  const errorM = positionErrorM(venue.accuracyM, law) + (venue.extentM ?? 0)
  const reachM = Math.max(SHOWN_M, ...[...ruled.values()].map((rule) => (rule.radius_m ?? 0) + errorM + 1))
  const held = sites.near(from, reachM).flatMap((site) => {
    const rule = ruled.get(site.kind)
    return rule && isOpen(site, on) ? hold(from, site, rule, errorM, law) : []
  })
  return held.sort((a, b) => a.distance.boundaryM - b.distance.boundaryM)
}

function hold(from: Position, site: Site, rule: DistanceRuleRow, errorM: number, law: Law): Held[] {
  const outline = outlineOf(site)
  const gates: Place | null = site.gates.length ? { points: site.gates } : null
  const place = outline ?? gates ?? site.place
  if (!place) return []
  const [boundary, gate] = [nearestOf(from, place), gates && nearestOf(from, gates)]
  const distance = {
    boundaryM: boundary.distanceM,
    gateM: gate && gate.distanceM,
    outline: outline !== null,
    errorM: errorM + positionErrorM(site.accuracyM, law),
    extentWithoutOutlineM: law.assumed.extent_without_outline_m,
  }
  return [{ site, rule, distance, to: { boundary: boundary.at, gate: gate && gate.at } }]
}

/** The last day of a site counts. */
function isOpen(site: Site, on: Day): boolean {
  return (site.openedOn === null || site.openedOn <= on) && (site.closedOn === null || site.closedOn >= on)
}

function outlineOf(site: Site): Place | null {
  return site.place && 'rings' in site.place ? site.place : null
}

/** What the rules of one id say: site by site, and what lacks a radius once even where there is no site. */
function answersOf(rules: DistanceRuleRow[], activity: string, near: Held[], law: Law, on: Day, venue: Venue): Assessment[] {
  const told = near.filter((one) => rules.includes(one.rule)).map((one) => toldOf(one, activity, law, on, venue))
  const shown = told.filter((one) => (one.boundaryM ?? 0) <= SHOWN_M || one.verdict === 'inside' || one.verdict === 'survey')
  const open = rules.find((rule) => rule.radius_m === null)
  if (open && !shown.some((one) => one.verdict === 'not_configured')) return [...shown, nobodyNear(open, activity, law, on)]
  const [rule] = rules
  return shown.length || !rule ? shown : [nobodyNear(rule, activity, law, on)]
}

function toldOf(one: Held, activity: string, law: Law, on: Day, venue: Venue): Assessment {
  const { site, rule, distance } = one
  const line = measure(rule.method, distance)
  const verdict = judge(line, rule)
  const name: Text = site.name === null ? ['未命名的保护对象', 'a site without a name'] : [site.name, site.name]
  const to = line.measured === 'gate_straight_line' ? one.to.gate : one.to.boundary
  return {
    ...blank(rule, activity, law, on),
    siteId: site.id,
    siteName: site.name,
    siteKind: site.kind,
    distanceM: line.distanceM,
    boundaryM: distance.boundaryM,
    gateM: distance.gateM,
    errorM: line.errorM,
    extentM: line.extentM,
    method: line.measured,
    verdict,
    reason: reasonOf(rule, verdict, { name, line }),
    line: venue.position && to && { from: venue.position, to },
    cameFirst: whichCameFirst(begunOn(venue, activity), site.openedOn),
  }
}

function nobodyNear(rule: DistanceRuleRow, activity: string, law: Law, on: Day): Assessment {
  return blank(rule, activity, law, on)
}

function blank(rule: DistanceRuleRow, activity: string, law: Law, on: Day): Assessment {
  const verdict = rule.radius_m === null ? 'not_configured' : 'clear'
  return {
    ruleId: rule.id, activity, radiusM: rule.radius_m, verdict, reason: reasonOf(rule, verdict, null),
    clauses: clausesOf(law, rule.clauses, activity, on),
    siteId: null, siteName: null, siteKind: null, distanceM: null, boundaryM: null, gateM: null, errorM: null, extentM: null,
    method: null, line: null, cameFirst: 'unknown',
  }
}

/** The day of the first licence for an activity, else the day on which the venue was established. */
function begunOn(venue: Venue, activity: string): Day | null {
  const issued = venue.licences.flatMap((one) => (one.activity === activity && one.issued ? [one.issued] : []))
  return issued.sort()[0] ?? venue.establishedOn
}
