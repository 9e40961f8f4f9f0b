/** After a kill or a break the app opens where the officer was: the question, if a module is still open there. */
import type { Visit } from '../../trade'

export function whereToGoOn(visits: Visit[]): string {
  const left = visits
    .filter((visit) => visit.modules.some((one) => one.state === 'open' && one.instanceID === visit.place?.instanceID))
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt))[0]
  return left?.place ? `/visit/${left.visitId}/${left.place.instanceID}` : '/'
}
