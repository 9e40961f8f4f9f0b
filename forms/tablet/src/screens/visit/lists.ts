/** What a checklist reads beside its questions. */
import type { Tablet } from '../../tablet'
import type { Tools } from '../../tools'
import type { Venue } from '../../trade'

/** How far around a venue a checklist offers schools to measure to, as the lists of ODK Collect cannot. */
const NEAR_M = 1000

/** The lists that a form reads: the venue, and the sites near it. */
export async function listsFor(tools: Tools, register: ReturnType<Tablet['register']>, venue: Venue | null, activity: string): Promise<Record<string, string>> {
  const { entityLists } = await import('../../engine')
  const near = venue?.position ? await tools.sitesNear(venue.position, NEAR_M, register.sites, register.law) : []
  return entityLists(venue, near, activity)
}
