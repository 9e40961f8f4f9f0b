/** Which checklists are offered at a venue, and which of them are chosen before anybody chooses. */
import type { FormInfo, Task, Venue } from '../../trade'

/** What the task asks for, else what the venue does; where neither is known, everything that the tablet has a form for. */
export function whatToInspect(forms: readonly FormInfo[], venue: Venue | null, task: Task | null): { all: string[]; chosen: string[] } {
  const hasForm = new Set(forms.map((form) => form.activity))
  const asked = task?.activities ?? []
  const known = [...new Set([...asked, ...(venue?.activities ?? [])])].filter((one) => hasForm.has(one))
  const chosen = (asked.length > 0 ? asked : (venue?.activities ?? [])).filter((one) => hasForm.has(one))
  return { all: known.length > 0 ? known : [...hasForm], chosen }
}
