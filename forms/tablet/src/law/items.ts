/** What an item of a checklist unfolds: what the law asks, how to check it, on which text. */
import type { Day, Text } from '../trade'
import { inForce, type ClauseRow, type Law } from './section'

/** A clause as it is shown. Without a citation its wording was never read in a source: it is not shown as one. */
export interface ClauseShown { citation: Text | null; summary: Text }

export interface DutyShown { id: string; statement: Text; breach: Text; howToCheck: Text | null; clauses: ClauseShown[] }

export interface ItemLaw { duties: DutyShown[]; clauses: ClauseShown[] }

/**
 * The law of one item on the day of the fact. `clauses` and `duties` are the ids that the form names; what is not in
 * force that day, or does not speak of the activity, is left out.
 */
export function lawOf(law: Law, named: { clauses: string[]; duties: string[] }, activity: string, on: Day): ItemLaw {
  const duties = inForce(law.duties, on)
  return {
    duties: named.duties.flatMap((id) => {
      const duty = duties.get(id)
      if (!duty) return []
      const { statement, breach, how_to_check: howToCheck } = duty
      return [{ id, statement, breach, howToCheck, clauses: clausesOf(law, duty.clauses, activity, on) }]
    }),
    clauses: clausesOf(law, named.clauses, activity, on),
  }
}

/** Clauses by their ids, in that order. Without an activity all that are in force. */
export function clausesOf(law: Law, ids: string[], activity: string | null, on: Day): ClauseShown[] {
  const inForceOnDay = clausesOn(law, on)
  return ids.flatMap((id) => {
    const clause = inForceOnDay.get(id)
    return clause && speaksOf(clause, activity) ? [{ citation: clause.citation, summary: clause.summary }] : []
  })
}

function speaksOf(clause: ClauseRow, activity: string | null): boolean {
  return activity === null || !clause.activities.length || clause.activities.includes(activity)
}

const known = new WeakMap<Law, Map<Day, Map<string, ClauseRow>>>()

/** Looked up once a day: an item unfolds at once, however many clauses there are. */
function clausesOn(law: Law, on: Day): Map<string, ClauseRow> {
  const days = known.get(law) ?? new Map<Day, Map<string, ClauseRow>>()
  const clauses = days.get(on) ?? inForce(law.clauses, on)
  known.set(law, days.set(on, clauses))
  return clauses
}
