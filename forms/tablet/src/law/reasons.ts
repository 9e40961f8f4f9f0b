/** Why a verdict is what it is, in the words of the desks (`backend/web/words/places.py`). */
import type { Text } from '../trade'
import type { Line, Verdict } from './rules'
import type { DistanceRuleRow } from './section'

const NEAR_LIMIT_M = 0.1

/** The reason for the verdict on one site; without a site, why a rule says what it says. */
export function reasonOf(rule: DistanceRuleRow, verdict: Verdict, near: { name: Text; line: Line } | null): Text {
  if (verdict === 'not_configured' || rule.radius_m === null) {
    const [zh, en] = rule.set_by
    return [`还没有部门确定这一距离，不能判断。应由${zh}确定。`, `No authority has set this distance, so nothing can be said. To be set by ${en}.`]
  }
  if (!near) return ['附近没有这类保护对象。', 'No such site is near.']
  const [low, high] = [near.line.lowM, near.line.highM].map((metres) => metresShown(metres, rule.radius_m))
  return said(verdict, near.line.settled, near.name, low ?? '', high ?? '', String(rule.radius_m))
}

function said(verdict: Verdict, settled: boolean, [zh, en]: Text, low: string, high: string, limit: string): Text {
  if (verdict === 'inside')
    return [`与“${zh}”的实际距离最多 ${high} 米，小于 ${limit} 米。`, `The true distance to “${en}” is ${high} m at most, less than ${limit} m.`]
  if (verdict === 'clear')
    return [`最近的“${zh}”至少在 ${low} 米以外，大于 ${limit} 米。`, `The nearest, “${en}”, is at least ${low} m away, more than ${limit} m.`]
  if (settled)
    return [
      `与“${zh}”的实际距离在 ${low} 至 ${high} 米之间，不能断定是否小于 ${limit} 米，须现场测量。`,
      `The true distance to “${en}” lies between ${low} and ${high} m; only a measurement on site tells whether it is below ${limit} m.`,
    ]
  return [
    `与“${zh}”的直线距离在 ${low} 至 ${high} 米之间，而 ${limit} 米怎样量没有规定：须现场测量，不能据此认定。`,
    `The straight line to “${en}” is between ${low} and ${high} m, but nobody has said how the ${limit} m are to be measured: measure on site; this proves nothing.`,
  ]
}

/** Metres with one decimal; with three where rounding might hide on which side of a limit they lie. */
export function metresShown(metres: number, limitM: number | null): string {
  const exact = limitM !== null && Math.abs(metres - limitM) < NEAR_LIMIT_M
  return metres.toFixed(exact ? 3 : 1).replace(/\B(?=(\d{3})+(?=\.))/g, ',')
}
