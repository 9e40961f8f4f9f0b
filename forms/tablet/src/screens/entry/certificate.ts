/** An officer's certificate in one line, and whether it has expired. */
import type { Day, Officer } from '../../trade'
import { t } from '../../words'
import { unlock } from '../../words/entry'
import { dayText } from '../../words/when'

export function certificateText(officer: Officer): string {
  if (officer.certificateNo === null) return t(unlock.noCertificate)
  const number = t(unlock.certificate, { no: officer.certificateNo })
  return officer.certificateValidTo === null ? number : `${number} · ${t(unlock.validTo, { day: dayText(officer.certificateValidTo) })}`
}

export function isExpired(officer: Officer, today: Day): boolean {
  return officer.certificateValidTo !== null && officer.certificateValidTo < today
}
