/**
 * Gets a checklist ready while the officers show their certificates: what opens it is loaded and has run once, so that
 * the first question does not wait for it. What was opened here is thrown away.
 */
import { shallowReactive } from 'vue'

import { instantOf } from '../../components/questions/clock'
import type { Tablet } from '../../tablet'
import type { Language } from '../../trade'

const AFTER_THE_SCREEN_MS = 200

/** Answers a function that gives it up. It is a help only: where it fails, opening the checklist says why. */
export function warmUp(tablet: Tablet, activity: string | undefined, language: Language): () => void {
  const form = tablet.register().forms.find((one) => one.activity === activity)
  const waiting = setTimeout(() => form && void open(tablet, form.id, form.version, language).catch(() => undefined), AFTER_THE_SCREEN_MS)
  return () => clearTimeout(waiting)
}

async function open(tablet: Tablet, formId: string, version: string, language: Language): Promise<void> {
  const [{ openForm, startOfModule, entityLists }, formXml] = await Promise.all([
    import('../../engine'), tablet.formXml(formId, version), import('./ModuleScreen.vue'),
  ])
  const xml = startOfModule({ formXml, instanceID: crypto.randomUUID(), startedAt: instantOf(new Date()), deviceId: '', earlier: null })
  const opened = await openForm({ xml: formXml, attachments: entityLists(null, [], ''), draft: { xml, hidden: {} }, stateFactory: shallowReactive, language })
  opened.problems()
}
