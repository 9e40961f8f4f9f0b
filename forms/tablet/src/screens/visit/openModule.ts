/** What a checklist is opened with: gathered from the visit, the package and the officers of this tablet. */
import { shallowReactive } from 'vue'

import { instantOf } from '../../components/questions/clock'
import type { OpenForm } from '../../engine'
import type { Around } from '../checklist/ChecklistScreen.vue'
import { answersKnown } from '../checklist/known'
import type { ModuleToFill } from '../checklist/useChecklist'
import { Refused, type Tablet, type VisitDesk } from '../../tablet'
import type { Tools } from '../../tools'
import type { Draft, Language, Module, Officer, Venue } from '../../trade'
import { dayOf } from '../../words/when'
import { mayAskQuietly, whereAmI } from '../here'
import { takeAhead } from './ahead'
import { listsFor } from './lists'

const LARGEST_PICTURE = 64 * 2 ** 20

export interface OpenModule { given: ModuleToFill; around: Around }

/** Null where the checklist was signed: it can only be read at the desk. Throws Refused. */
export async function openModule(
  tablet: Tablet, tools: Tools, visitId: string, instanceID: string, language: Language,
): Promise<OpenModule | null> {
  const [desk, officers] = await Promise.all([tablet.desk(visitId), tablet.officers()])
  const { visit } = desk
  const module = visit.modules.find((one) => one.instanceID === instanceID)
  if (!module) throw new Refused('module_unknown')
  if (module.state === 'signed') return null
  const register = tablet.register()
  const [first, second] = [visit.officerId, visit.secondOfficerId].map((id) => officers.find((one) => one.id === id) ?? null)
  if (!first) throw new Refused('officer_unknown')
  const venue = register.venues.get(visit.venueId ?? -1) ?? null
  const task = register.tasks.find((one) => one.id === visit.taskId) ?? null
  const given = {
    desk, module, first,
    open: (draft: Draft | null) => openedAt(draft, { tablet, tools, desk, module, venue, language }),
    known: answersKnown({ first, second: second ?? null, task, venueId: visit.venueId, arrival: visit.arrival ?? null }),
    maxPictureBytes: LARGEST_PICTURE, where: fix, whereQuietly: async () => ((await mayAskQuietly()) ? fix() : null),
  }
  return { given, around: await aroundOf(tablet, tools, venue, module, [first, second ?? null]) }
}

interface Opened { tablet: Tablet; tools: Tools; desk: VisitDesk; module: Module; venue: Venue | null; language: Language }

async function openedAt(draft: Draft | null, { tablet, tools, desk, module, venue, language }: Opened): Promise<OpenForm> {
  const earlier = draft ? null : await begunBefore(desk, module)
  const ahead = draft || earlier ? null : await takeAhead(module)
  if (ahead) return ahead
  const [{ openForm, startOfModule }, xml, deviceId, attachments] = await Promise.all([
    import('../../engine'), tablet.formXml(module.formId, module.formVersion), tablet.deviceId(), listsFor(tools, tablet.register(), venue, module.activity),
  ])
  const start = { formXml: xml, instanceID: module.instanceID, startedAt: instantOf(new Date()), deviceId, earlier }
  return openForm({ xml, attachments, draft: draft ?? { xml: startOfModule(start), hidden: {} }, stateFactory: shallowReactive, language })
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
