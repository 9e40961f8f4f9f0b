/** Until when a licence is good, in words; what ends soon is said before it has ended. */
import type { IconName } from '../../components/icons'
import type { Day } from '../../trade'
import { t } from '../../words'
import { venue as words } from '../../words/venue'
import { daysBetween } from '../../words/when'

const SOON = 90

export interface Expiry { text: string; look: { tone: 'ok' | 'warn' | 'danger'; icon: IconName } }

export function expiryOf(expires: Day, today: Day): Expiry {
  const left = daysBetween(today, expires)
  if (left < 0) return { text: t(words.expired, { n: -left }), look: { tone: 'danger', icon: 'alert' } }
  if (left <= SOON) return { text: t(words.expiresSoon, { n: left }), look: { tone: 'warn', icon: 'clock' } }
  return { text: t(words.inForce), look: { tone: 'ok', icon: 'check' } }
}
