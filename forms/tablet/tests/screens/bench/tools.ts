/** Stand-ins for what `geo/`, `law/` and `search/` do, plain enough for looking at screens; no number here is tested. */
import type { Assessment, Tools } from '../../../src/tools'
import type { Position, Site, Venue } from '../../../src/trade'

const METRES = 111_320
const WITHIN_M = 500

function metresBetween([x1, y1]: Position, [x2, y2]: Position): number {
  return Math.hypot((x2 - x1) * Math.cos((y1 * Math.PI) / 180), y2 - y1) * METRES
}

const textOf = (one: Venue): string =>
  [one.name, one.namePinyin?.replaceAll(' ', ''), one.nameInitials, one.address, one.creditCode, ...one.licences.map((own) => own.number)].join('\n').toLowerCase()

interface Rule { id: string; activities: string[]; site_kinds: string[]; radius_m: number | null; method: string; clauses: string[] }
interface Law { distance_rules: Rule[]; clauses: { id: string; citation: [string, string] | null; summary: [string, string] }[] }

function cornersOf(site: Site): Position[] {
  if (site.place === null) return site.gates
  return 'points' in site.place ? site.place.points : site.place.rings.flat(2)
}

function judge(venue: Venue, position: Position, site: Site, rule: Rule, law: Law): Assessment[] {
  const [nearest] = cornersOf(site).map((to) => ({ to, far: metresBetween(position, to) })).sort((a, b) => a.far - b.far)
  if (!nearest || nearest.far > WITHIN_M || !rule.site_kinds.includes(site.kind) || !rule.activities.some((one) => venue.activities.includes(one))) return []
  const verdict = rule.radius_m === null ? 'not_configured' : nearest.far < rule.radius_m - 20 ? 'inside' : nearest.far < rule.radius_m + 20 ? 'survey' : 'clear'
  return [{
    ruleId: rule.id, siteId: site.id, siteName: site.name, siteKind: site.kind, distanceM: nearest.far, method: rule.method, verdict,
    reason: ['测得距离与规定距离比较，误差以内的须现场测量。', 'Held against the limit; within the error somebody must measure.'],
    clauses: law.clauses.filter((one) => rule.clauses.includes(one.id)), radiusM: rule.radius_m, line: { from: position, to: nearest.to }, cameFirst: 'unknown',
  }]
}

export const tools: Tools = {
  async makeSearch(venues) {
    const texts = venues.map((venue) => [textOf(venue), venue] as const)
    return (text, limit = 30) => texts.filter(([said]) => said.includes(text.trim().toLowerCase())).slice(0, limit).map(([, venue]) => venue)
  },
  async assess(venue, sites, law) {
    const { position } = venue
    if (position === null) return []
    return [...sites.values()].flatMap((site) => (law as Law).distance_rules.flatMap((rule) => judge(venue, position, site, rule, law as Law)))
  },
  metresBetween,
}
