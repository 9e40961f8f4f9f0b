/** What a checklist is opened with: gathered from the visit, the package and the officers of this tablet. */
import type { Around } from '../checklist/ChecklistScreen.vue'
import { answersKnown } from '../checklist/known'
import type { ModuleToFill } from '../checklist/useChecklist'
import { Refused, type Tablet, type VisitDesk } from '../../tablet'
import type { Tools } from '../../tools'
import type { Language, Module, Officer, Venue } from '../../trade'
import { dayOf } from '../../words/when'
import { mayAskQuietly, whereAmI } from '../here'

/** How far around a venue a checklist offers schools to measure to, as the lists of ODK Collect cannot. */
const NEAR_M = 1000
const LARGEST_PICTURE = 64 * 2 ** 20

export interface OpenModule { given: ModuleToFill; around: Around }

/** Null where the checklist was signed: it can only be read at the desk. Throws Refused. */
export async function openModule(
  tablet: Tablet, tools: Tools, visitId: string, instanceID: string, language: Language,
): Promise<OpenModule | null> {
  const desk = await tablet.desk(visitId)
  const { visit } = desk
  const module = visit.modules.find((one) => one.instanceID === instanceID)
  if (!module) throw new Refused('module_unknown')
  if (module.state === 'signed') return null
  const register = tablet.register()
  const [officers, formXml, earlier] = await Promise.all([
    tablet.officers(), tablet.formXml(module.formId, module.formVersion), begunBefore(desk, module),
  ])
  const [first, second] = [visit.officerId, visit.secondOfficerId].map((id) => officers.find((one) => one.id === id) ?? null)
  if (!first) throw new Refused('officer_unknown')
  const venue = register.venues.get(visit.venueId ?? -1) ?? null
  const task = register.tasks.find((one) => one.id === visit.taskId) ?? null
  const given = {
    desk, module, formXml, earlier, first, language, lists: await listsFor(tools, register, venue, module), deviceId: await tablet.deviceId(),
    known: answersKnown({ first, second: second ?? null, task, venueId: visit.venueId, arrival: visit.arrival ?? null }),
    maxPictureBytes: LARGEST_PICTURE, where: fix, whereQuietly: async () => ((await mayAskQuietly()) ? fix() : null),
  }
  return { given, around: await aroundOf(tablet, tools, venue, module, [first, second ?? null]) }
}

/** The record of a checklist of this visit that is further: arrival, officers and place are taken over from it. */
async function begunBefore(desk: VisitDesk, module: Module): Promise<string | null> {
  for (const other of desk.visit.modules) {
    if (other.instanceID === module.instanceID) continue
    const draft = await desk.draft(other.instanceID)
    if (draft) return draft.xml
  }
  return null
}

async function listsFor(tools: Tools, register: ReturnType<Tablet['register']>, venue: Venue | null, { activity }: Module): Promise<Record<string, string>> {
  const { entityLists } = await import('../../engine')
  const near = venue?.position ? await tools.sitesNear(venue.position, NEAR_M, register.sites, register.law) : []
  return entityLists(venue, near, activity)
}

async function aroundOf(tablet: Tablet, tools: Tools, venue: Venue | null, { activity }: Module, officers: (Officer | null)[]): Promise<Around> {
  const lawOf = await tools.lawOf(tablet.register().law, activity, dayOf(new Date()))
  return {
    officers,
    toCall: toCallAt(tablet.register(), venue),
    registered: venue?.position ?? null,
    metresBetween: tools.metresBetween,
    confirm: (officerId, how) => tablet.confirm(officerId, how),
    lawOf(clauses, duties) {
      const found = lawOf({ clauses, duties })
      return { clauses: found.clauses, howToCheck: found.duties.flatMap(({ howToCheck }) => (howToCheck ? [howToCheck] : [])) }
    },
  }
}

/** The offices of the venue's area and of those that hold it; of an unknown place all that the tablet carries. */
function toCallAt({ callees, contact }: ReturnType<Tablet['register']>, venue: Venue | null): Around['toCall'] {
  const code = venue?.areaCode ?? null
  const offices = callees.offices.filter(({ areaCode }) => code === null || code.startsWith(areaCode))
  return { ...callees, offices, onDuty: contact?.minorsPhone ?? null }
}

async function fix() {
  const { position, accuracyM, at } = await whereAmI()
  return { position, altitudeM: null, accuracyM, at }
}
