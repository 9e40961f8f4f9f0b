/** The vectors that the server is held against too (`scripts/make_vectors.py`). */
import { readFileSync } from 'node:fs'
import type { Place } from '../src/geo/outline'
import type { CameFirst, Measured, Verdict } from '../src/law/rules'
import type { AtLimit, DistanceSettingRow, Law, Method } from '../src/law/section'
import type { Answers, Day, Position, Site, Venue } from '../src/trade'
import { readLaw } from '../src/law/section'

function read<Vectors>(name: string): Vectors {
  return JSON.parse(readFileSync(new URL(`../../../tests/vectors/${name}.json`, import.meta.url), 'utf-8')) as Vectors
}

export const distances = read<{ name: string; from: Position; place: Place; metres: number; at: Position }[]>('distances')
export const pairs = read<{ seed: number; metres: number[] }>('pairs')
export const days = read<Record<Day, string[] | null>>('days')
export const law: Law = readLaw(read('law'))

export type VerdictRow = [
  method: Method, atLimit: AtLimit, radiusM: number | null, boundaryM: number, gateM: number | null, outline: boolean, errorM: number,
  measured: Measured, distanceM: number, extentM: number, verdict: Verdict,
]
export const verdicts = read<VerdictRow[]>('verdicts')

export const answers = read<Record<'clean' | 'broken' | 'shop', { activity: string; answers: Answers }>>('answers')

export interface Near {
  ruleId: string; siteId: number; verdict: Verdict; distanceM: number; boundaryM: number; gateM: number | null
  errorM: number; extentM: number; method: Measured; cameFirst: CameFirst; reason: string
}
export interface Checked {
  venueId: number
  activity: string
  verdict: Verdict | null
  rules: { ruleId: string; verdict: Verdict; citations: string[] }[]
  sites: Near[]
}
export const assessments = read<{
  on: Day; sites: Site[]; venues: Venue[]; decisions: DistanceSettingRow[]; as_shipped: Checked[]; with_decisions: Checked[]
}>('assessments')
