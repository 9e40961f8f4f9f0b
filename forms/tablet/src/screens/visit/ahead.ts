/**
 * The first checklist of a visit, opened while the officers show their certificates, so that its first question does not
 * wait for it. It is used once, or thrown away with the screen on which it was made.
 */
import { shallowReactive } from 'vue'

import { instantOf } from '../../components/questions/clock'
import type { OpenForm } from '../../engine'
import type { Begun, Tablet } from '../../tablet'
import type { Tools } from '../../tools'
import type { FormInfo, Language, Module, Task, Venue } from '../../trade'
import { answerKnown, answersKnown } from '../checklist/known'
import { listsFor } from './lists'

const AFTER_THE_SCREEN_MS = 200

interface Wanted { venue: Venue | null; task: Task | null; activity: string | undefined; language: Language }
interface Ahead { instanceID: string; formVersion: string; form: Promise<OpenForm | null> }
let ahead: Ahead | null = null

/**
 * Begins once the screen stands; answers the record under which the visit has to begin for it to be of use. It is a help
 * only: where it fails, opening the checklist says why.
 */
export function openAhead(tablet: Tablet, tools: Tools, wanted: Wanted): Begun | null {
  const form = tablet.register().forms.find((one) => one.activity === wanted.activity)
  if (!form) return null
  const instanceID = `uuid:${crypto.randomUUID()}`
  const opening = new Promise((resolve) => setTimeout(resolve, AFTER_THE_SCREEN_MS)).then(() => opened(tablet, tools, wanted, form, instanceID))
  ahead = { instanceID, formVersion: form.version, form: opening.catch(() => null) }
  return { activity: form.activity, instanceID }
}

export function throwAway(): void {
  ahead = null
}

/** The form that was opened ahead for this module, as if it were opened now; null where none was. */
export async function takeAhead({ instanceID, formVersion }: Module): Promise<OpenForm | null> {
  const mine = ahead
  ahead = null
  if (mine?.instanceID !== instanceID || mine.formVersion !== formVersion) return null
  const form = await mine.form
  form?.put('/data/start', instantOf(new Date()))
  return form
}

/** With the answers that do not hang on what the officers still say on their arrival. */
async function opened(
  tablet: Tablet, tools: Tools, { venue, task, language }: Wanted, { id, version, activity }: FormInfo, instanceID: string,
): Promise<OpenForm> {
  const [{ openForm, startOfModule }, formXml, deviceId] = await Promise.all([
    import('../../engine'), tablet.formXml(id, version), tablet.deviceId(), import('./ModuleScreen.vue'),
  ])
  const xml = startOfModule({ formXml, instanceID, startedAt: instantOf(new Date()), deviceId, earlier: null })
  const attachments = await listsFor(tools, tablet.register(), venue, activity)
  const form = await openForm({ xml: formXml, attachments, draft: { xml, hidden: {} }, stateFactory: shallowReactive, language })
  const first = tablet.current()
  if (first) answerKnown(form, answersKnown({ first, second: null, task, venueId: venue?.id ?? null, arrival: null }))
  return form
}
