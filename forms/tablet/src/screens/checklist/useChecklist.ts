/** One module of a visit, open: its form, its draft on the disk after each answer, its pictures, its place. */
import { markRaw, onBeforeUnmount, ref, type Ref, shallowReactive, type ShallowRef, shallowRef } from 'vue'

import { instantOf } from '../../components/questions/clock'
import { geopointOf } from '../../components/questions/plausible'
import type { Fix } from '../../components/questions/surroundings'
import type { OpenForm } from '../../engine'
import type { VisitDesk } from '../../tablet'
import type { ClearArea, Draft, Module, Officer } from '../../trade'
import { type KeptPictures, keepPictures } from '../evidence/pictures'
import { autosave, type Autosave, type Saved } from './autosave'
import { answerKnown } from './known'
import { keepPlace } from './place'

const POSITION = '/data/place/position'

/** What a checklist is opened with. */
export interface ModuleToFill {
  desk: VisitDesk
  module: Module
  /** Opens the form with the draft that was begun in it; without one it begins. */
  open(draft: Draft | null): Promise<OpenForm>
  first: Officer
  /** `answersKnown`, for the first module of a visit. */
  known: readonly (readonly [path: string, value: string])[]
  maxPictureBytes: number
  where(): Promise<Fix>
  /** The same where the device answers without asking the officer; else null. */
  whereQuietly(): Promise<Fix | null>
}

export interface Checklist {
  form: ShallowRef<OpenForm | null>
  failure: ShallowRef<string>
  saved: Ref<Saved>
  pictures: ShallowRef<KeptPictures | null>
  /** Notes where the officer is, so that a killed app reopens there. */
  stand(question: string): void
  flush(): Promise<void>
  sign(): Promise<void>
}

export function useChecklist(given: ModuleToFill): Checklist {
  const { desk, module } = given
  const form = shallowRef<OpenForm | null>(null)
  const pictures = shallowRef<KeptPictures | null>(null)
  const failure = shallowRef('')
  const saved = ref<Saved>('saved')
  const clearAreas = shallowReactive<Record<string, readonly ClearArea[]>>({})
  const place = keepPlace(desk, module.instanceID)

  async function save(): Promise<void> {
    if (!form.value) return
    await desk.saveDraft({
      instanceID: module.instanceID,
      visitId: desk.visit.visitId,
      formId: module.formId,
      formVersion: module.formVersion,
      xml: form.value.xml(),
      hidden: form.value.hidden(),
      clearAreas: { ...clearAreas },
      savedAt: instantOf(new Date()),
    })
    await place.save()
    await pictures.value?.agree()
  }

  const saving: Autosave = autosave(save, (state) => (saved.value = state))
  const savingNow = () => void saving.flush().catch(() => undefined) // said on the screen, and tried again
  document.addEventListener('visibilitychange', savingNow)
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', savingNow)
    savingNow()
    saving.stop()
  })

  async function open(): Promise<void> {
    const draft = await desk.draft(module.instanceID)
    Object.assign(clearAreas, draft?.clearAreas)
    const opened = markRaw(await given.open(draft))
    if (!draft) answerKnown(opened, given.known)
    pictures.value = picturesOf(opened)
    if (draft) await pictures.value.tidy()
    opened.onChange(saving.changed)
    form.value = opened
    saving.changed()
    if (!draft) void takePosition(opened)
  }

  /** Where the visit begins is where the officer stands: nobody has to ask for it. */
  async function takePosition(opened: OpenForm): Promise<void> {
    const fix = await given.whereQuietly().catch(() => null)
    const question = opened.question(POSITION)
    if (fix && question?.relevant && question.value === '') question.set(geopointOf(fix))
  }

  function picturesOf(opened: OpenForm): KeptPictures {
    const { where, first, maxPictureBytes: maxBytes } = given
    const certificate = first.certificateNo ?? ''
    return keepPictures({ desk, form: opened, instanceID: module.instanceID, certificate, where, maxBytes, clearAreas, areasChanged: saving.changed })
  }

  open().catch((error: unknown) => (failure.value = error instanceof Error ? error.message : String(error)))

  return {
    form, failure, saved, pictures,
    stand(question) {
      if (place.stand(question)) saving.changed()
    },
    flush: () => saving.flush(),
    async sign() {
      if (!form.value || form.value.problems().length > 0) return
      form.value.put('/data/end', instantOf(new Date()))
      await pictures.value?.tidy()
      await saving.flush()
      await desk.sign(module.instanceID, form.value.xml())
    },
  }
}
