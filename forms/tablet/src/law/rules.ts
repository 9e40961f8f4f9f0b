/**
 * A venue held against one distance rule: what a measurement proves. The same decisions as the server's
 * `backend/screening/rules.py`, held against the same vectors. A number alone accuses nobody: only a distance that
 * stays below the limit with every error added, measured in the way that the rule itself names, is `inside`.
 */
import type { Day, SiteKind } from '../trade'
import { inForce, type AtLimit, type DistanceRuleRow, type Law, type Method } from './section'

/** 距离不足 / 须现场测量 / 主管部门尚未确定距离 / 符合: the worst first. */
export const VERDICTS = ['inside', 'survey', 'not_configured', 'clear'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Where on the site a straight line was measured from. */
export type Measured = 'boundary_straight_line' | 'gate_straight_line' | 'point_straight_line'

/** Shown beside a verdict and never decisive: no text in hand says what follows from it. */
export type CameFirst = 'venue_first' | 'site_first' | 'same_day' | 'unknown'

/** A line between a venue and a site. The true distance from the boundary lies between `lowM` and `highM`. */
export interface Line { measured: Measured; settled: boolean; distanceM: number; extentM: number; errorM: number; lowM: number; highM: number }

/** The worst of some verdicts; `clear` where there is none. */
export function worst(verdicts: Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'clear'
}

/** The distance that the law keeps between an activity and a kind of site, in a district; the narrower area decides. */
export function distanceRule(law: Law, activity: string, kind: SiteKind, district: string, on: Day): DistanceRuleRow | null {
  const speaks = (row: { activities: string[]; site_kinds: SiteKind[] }): boolean =>
    row.activities.includes(activity) && row.site_kinds.includes(kind)
  const rule = [...inForce(law.distance_rules, on).values()].find(speaks)
  if (!rule) return null
  return [...inForce(law.distance_settings, on).values()]
    .filter((one) => one.rule === rule.id && district.startsWith(one.district))
    .filter((one) => !one.activities.length || one.activities.includes(activity))
    .filter((one) => !one.site_kinds.length || one.site_kinds.includes(kind))
    .sort((a, b) => a.district.length - b.district.length)
    .reduce(
      (known, one) => ({
        ...known,
        radius_m: one.radius_m ?? known.radius_m,
        method: one.method ?? known.method,
        at_limit: one.at_limit ?? known.at_limit,
      }),
      rule,
    )
}

/** Choose the straight line that comes nearest to what a rule demands, and say whether it is what the rule demands. */
export function wayOfMeasuring(method: Method, known: { outline: boolean; gates: boolean }): { measured: Measured; settled: boolean } {
  if (method === 'gate_straight_line' && known.gates) return { measured: 'gate_straight_line', settled: true }
  const measured = known.outline ? 'boundary_straight_line' : known.gates ? 'gate_straight_line' : 'point_straight_line'
  return { measured, settled: method === 'boundary_straight_line' }
}

/** What is known of a distance before a rule is asked: metres to the boundary, or to what stands for it, and to the nearest gate. */
export interface Distance { boundaryM: number; gateM: number | null; outline: boolean; errorM: number; extentWithoutOutlineM: number }

/** Draw the line that is held against a rule. A gate is part of the boundary: one that is nearer widens the extent. */
export function measure(method: Method, of: Distance): Line {
  const way = wayOfMeasuring(method, { outline: of.outline, gates: of.gateM !== null })
  const distanceM = way.measured === 'gate_straight_line' && of.gateM !== null ? of.gateM : of.boundaryM
  const reachM = of.outline ? 0 : of.extentWithoutOutlineM
  const extentM = of.gateM === null ? reachM : Math.max(reachM, distanceM - of.gateM)
  const { errorM } = of
  return { ...way, distanceM, extentM, errorM, lowM: Math.max(0, distanceM - extentM - errorM), highM: distanceM + errorM }
}

/** Say what one measurement proves. Judged in whole millimetres; exactly at the limit nothing is, while no text says which. */
export function judge(line: Pick<Line, 'distanceM' | 'extentM' | 'errorM' | 'settled'>, rule: { radius_m: number | null; at_limit: AtLimit }): Verdict {
  if (![line.distanceM, line.extentM, line.errorM].every((metres) => metres >= 0 && metres < Infinity))
    throw new RangeError('give metres, 0 or more')
  if (rule.radius_m === null) return 'not_configured'
  const limit = millimetres(rule.radius_m)
  const insideMm = line.settled ? (rule.at_limit === 'inside' ? limit : limit - 1) : -1
  const clearMm = rule.at_limit === 'clear' ? limit : limit + 1
  if (millimetres(line.distanceM + line.errorM) <= insideMm) return 'inside'
  return millimetres(line.distanceM - line.extentM - line.errorM) >= clearMm ? 'clear' : 'survey'
}

/** Whole millimetres; a half goes to the even one, as on the server. */
function millimetres(metres: number): number {
  const exact = metres * 1000
  const down = Math.floor(exact)
  if (exact - down !== 0.5) return Math.round(exact)
  return down % 2 === 0 ? down : down + 1
}

/** The error of a position: 0 was measured exactly; null if nobody stated one. */
export function positionErrorM(statedM: number | null, law: Law): number {
  return statedM ?? law.assumed.unstated_accuracy_m
}

/** The error of a position that a device measured: its radius of 68 % is doubled to hold in 99 of 100; 0 says nothing. */
export function deviceErrorM(accuracyM: number | null, law: Law): number {
  return accuracyM ? 2 * accuracyM : law.assumed.unstated_accuracy_m
}

/** Whether the venue or the site was there first, by the days on which they began. */
export function whichCameFirst(begunOn: Day | null, openedOn: Day | null): CameFirst {
  if (begunOn === null || openedOn === null) return 'unknown'
  if (begunOn === openedOn) return 'same_day'
  return begunOn < openedOn ? 'venue_first' : 'site_first'
}
