/** How a verdict looks: red for too near, amber for what must be measured, never a colour without its word. */
import type { IconName } from '../../components/icons'
import type { Assessment } from '../../tools'

type Tone = 'ok' | 'warn' | 'danger' | 'plain'

export const LOOKS: Record<Assessment['verdict'], { tone: Tone; icon: IconName }> = {
  inside: { tone: 'danger', icon: 'alert' },
  survey: { tone: 'warn', icon: 'pin' },
  not_configured: { tone: 'plain', icon: 'info' },
  clear: { tone: 'ok', icon: 'check' },
}

const ORDER: Assessment['verdict'][] = ['inside', 'survey', 'not_configured', 'clear']

/** What needs attention first, then what is nearer. */
export function byWeight(assessments: readonly Assessment[]): Assessment[] {
  const far = (one: Assessment): number => one.distanceM ?? Infinity
  return [...assessments].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || far(a) - far(b) || (a.siteId ?? 0) - (b.siteId ?? 0))
}
