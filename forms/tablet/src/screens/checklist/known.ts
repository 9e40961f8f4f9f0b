/** What is known before the first question of the first checklist: officers, task, venue. The officer may change all of it. */
import type { OpenForm } from '../../engine'
import type { Arrival, Officer, Task } from '../../trade'

export interface KnownAtStart { first: Officer; second: Officer | null; task: Task | null; venueId: number | null; arrival: Arrival | null }

export function answersKnown({ first, second, task, venueId, arrival }: KnownAtStart): [path: string, value: string][] {
  const answers: [string, string | null][] = [
    ...ofTask(task),
    ...ofOfficer(1, first),
    ['arrival/second_officer', second ? 'yes' : null],
    ...(second ? ofOfficer(2, second) : []),
    ['arrival/credentials_shown', arrival?.credentialsShown ? 'yes' : null],
    ['arrival/body_camera', arrival?.bodyCamera ?? null],
    ['measurement/measured', 'no'], // true until somebody measures; no breach can be found by it
    ['signatures/person_present', 'yes'], // both are true only with that person's name and signature, and asked for until then
    ['signatures/person_signing', 'signed'],
    ['place/venue_listed', venueId === null ? 'no' : 'yes'],
    ['place/venue_id', venueId === null ? null : String(venueId)],
  ]
  return answers.flatMap(([path, value]) => (value === null ? [] : [[`/data/${path}`, value]]))
}

/** Writes them where the form asks and nobody has answered. */
export function answerKnown(form: OpenForm, answers: readonly (readonly [string, string])[]): void {
  form.together(() => {
    for (const [path, value] of answers) {
      const question = form.question(path)
      if (question?.relevant && question.value === '') question.set(value)
    }
  })
}

function ofTask(task: Task | null): [string, string | null][] {
  if (!task) return []
  const reason = task.kind === 're_inspection' ? null : task.kind
  const number = task.kind === 'planned' ? 'plan_number' : 'lead_number'
  return [
    ['arrival/visit_reason', reason],
    [`arrival/${number}`, task.sourceNo],
    ['arrival/has_check_code', task.checkCode && 'yes'],
    ['arrival/check_code', task.checkCode],
    ['arrival/joint_visit', task.joint === null ? null : task.joint ? 'yes' : 'no'],
  ]
}

function ofOfficer(number: 1 | 2, officer: Officer): [string, string | null][] {
  return [
    [`arrival/officer_${number}_name`, officer.name],
    [`arrival/officer_${number}_certificate`, officer.certificateNo],
    [`arrival/officer_${number}_valid_to`, officer.certificateValidTo],
  ]
}
