/** The section `law` of a package as docs/package.md describes it, and which of its rows count on a day. */
import type { Day, SiteKind, Text } from '../trade'

export interface Row { id: string; from: Day; to: Day | null }

export interface ClauseRow extends Row { citation: Text | null; summary: Text; activities: string[] }

export interface DutyRow extends Row {
  activities: string[]
  to_confirm: string[]
  statement: Text
  breach: Text
  how_to_check: Text | null
  day_condition: 'every_day' | 'except_statutory_days' | 'except_days_off'
  clauses: string[]
}

/** From where a rule wants a distance measured; `unspecified` while no text says so. */
export type Method =
  | 'boundary_straight_line'
  | 'gate_straight_line'
  | 'gate_to_door_walking'
  | 'any_door_to_any_door_walking'
  | 'gate_centre_to_door_centre_walking'
  | 'unspecified'
export type AtLimit = 'inside' | 'clear' | 'unsettled'

export interface DistanceRuleRow extends Row {
  activities: string[]
  site_kinds: SiteKind[]
  standing: 'fixed' | 'delegated' | 'undecided'
  radius_m: number | null
  method: Method
  at_limit: AtLimit
  set_by: Text
  grandfather: 'review' | 'exempt'
  clauses: string[]
}

/** What an authority decided for a district and all whose codes begin with its own; `""` is the whole city. */
export interface DistanceSettingRow extends Row {
  rule: string
  district: string
  activities: string[]
  site_kinds: SiteKind[]
  radius_m: number | null
  method: Method | null
  at_limit: AtLimit | null
  document: Text
}

export interface Law {
  version: number
  activities: (Row & { name: Text; unsuitable: string })[]
  duties: DutyRow[]
  clauses: ClauseRow[]
  distance_rules: DistanceRuleRow[]
  distance_settings: DistanceSettingRow[]
  /** What a lead may be about; a package of an older server brings none. */
  tip_kinds?: (Row & { name: Text; activities: string[] })[]
  days: { years: number[]; arranged: Record<Day, DayType[]> }
  /** Metres that stand in for what nobody stated. */
  assumed: { unstated_accuracy_m: number; extent_without_outline_m: number }
}

export type DayType = 'statutory_day' | 'makeup_holiday' | 'adjusted_day_off' | 'weekend' | 'adjusted_workday' | 'school_vacation'

const TABLES = ['activities', 'duties', 'clauses', 'distance_rules', 'distance_settings', 'days', 'assumed'] as const

/** Take the section as it came out of a verified package. Throws when it is none: then the package is of another format. */
export function readLaw(section: unknown): Law {
  const law = section as Partial<Law> | null
  if (typeof law !== 'object' || law === null || TABLES.some((table) => law[table] === undefined)) throw new Error('this is no law section')
  return law as Law
}

/** The rows that count on a day, by id; where two do, the later one. */
export function inForce<AnyRow extends Row>(rows: AnyRow[], on: Day): Map<string, AnyRow> {
  const found = new Map<string, AnyRow>()
  for (const row of rows) {
    if (row.from > on || (row.to !== null && row.to < on)) continue
    const other = found.get(row.id)
    if (!other || other.from < row.from) found.set(row.id, row)
  }
  return found
}
