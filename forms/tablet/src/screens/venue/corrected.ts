/** What an officer wrote instead of what the register says: only what differs, blank as nothing. */
import type { Text, Venue } from '../../trade'
import { correct, place } from '../../words/venue'

const CODE = /^[0-9A-HJ-NPQRTUWXY]{18}$/
const SHORTEST_REASON = 2

export type Corrections = Record<'name' | 'address' | 'credit_code', string>

export function changesOf(venue: Venue, said: Corrections): Partial<Record<keyof Corrections, string | null>> {
  const known = { name: venue.name, address: venue.address, credit_code: venue.creditCode }
  const written = { ...said, credit_code: said.credit_code.replace(/[\s-]/g, '').toUpperCase() }
  const differ = (Object.keys(known) as (keyof Corrections)[]).filter((name) => written[name].trim() !== (known[name] ?? ''))
  return Object.fromEntries(differ.map((name) => [name, written[name].trim() || null]))
}

/** Why it cannot be proposed yet; null when it can. */
export function whatIsWrong(changes: ReturnType<typeof changesOf>, reason: string): Text | null {
  if (Object.keys(changes).length === 0) return correct.needsChange
  if (changes.credit_code && !CODE.test(changes.credit_code)) return correct.codeWrong
  return reason.trim().length < SHORTEST_REASON ? place.needsReason : null
}
