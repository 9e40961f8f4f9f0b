/** The law as it is looked up: the duties in force on a day, each with its clauses, by activity and by words. */
import type { Day, Text } from '../../trade'

interface Row { id: string; from: Day | null; to: Day | null }
export interface Clause extends Row { citation: Text | null; summary: Text }
export interface Duty extends Row {
  activities: string[]
  /** Activities of which the authority has not said whether the duty binds them. */
  to_confirm: string[]
  statement: Text
  breach: Text | null
  how_to_check: Text | null
  day_condition: string
  clauses: string[]
}

/** What docs/package.md calls the section `law`, as far as it is looked up. */
export interface LawSection { version: number; activities: (Row & { name: Text })[]; duties: Duty[]; clauses: Clause[] }

const inForce = (row: Row, on: Day): boolean => (row.from === null || row.from <= on) && (row.to === null || on <= row.to)

export interface Found { duty: Duty; clauses: Clause[] }

/** Duties that bind an activity (or any) and hold all the words somewhere: in themselves or in their clauses. */
export function lookUp(law: LawSection, on: Day, activity: string | null, text: string): Found[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const clauses = new Map(law.clauses.filter((one) => inForce(one, on)).map((one) => [one.id, one]))
  return law.duties
    .filter((duty) => inForce(duty, on) && (activity === null || [...duty.activities, ...duty.to_confirm].includes(activity)))
    .map((duty) => ({ duty, clauses: duty.clauses.flatMap((id) => clauses.get(id) ?? []) }))
    .filter((found) => words.every((word) => saidBy(found).includes(word)))
}

function saidBy({ duty, clauses }: Found): string {
  const texts = [duty.statement, duty.breach, duty.how_to_check, ...clauses.flatMap((one) => [one.citation, one.summary])]
  return [duty.id, ...texts.flatMap((text) => text ?? [])].join(' ').toLowerCase()
}
