/** Keeps the pictures and signatures of one checklist: on the disk first, then in the form with their capture fields. */
import { instantOf } from '../../components/questions/clock'
import type { Fix, Pictures } from '../../components/questions/surroundings'
import type { OpenForm, Question } from '../../engine'
import { Refused, type VisitDesk } from '../../tablet'
import type { Attachment, ClearArea } from '../../trade'
import { secureOriginal, sha256Of } from './original'

const PHOTOS = '/data/photos'
const FIELDS = ['photo', 'taken_at', 'sha256', 'lon', 'lat', 'accuracy_m', 'officer', 'minor_possible', 'about', 'caption']

export interface Keeper {
  desk: VisitDesk
  form: OpenForm
  instanceID: string
  certificate: string
  where(): Promise<Fix>
  maxBytes: number
  clearAreas: Record<string, readonly ClearArea[]>
  areasChanged(): void
}

export interface KeptPictures extends Pictures {
  /** Removes from the disk what the record no longer names. */
  tidy(): Promise<void>
  /** Keeps what is known of each picture equal to what the record says of it. */
  agree(): Promise<void>
}

export function keepPictures(given: Keeper): KeptPictures {
  const { desk, form, instanceID, clearAreas } = given
  const { visitId } = desk.visit

  async function keep(facts: Omit<Attachment, 'sha256' | 'size' | 'instanceID' | 'visitId'>, content: Blob, sha256: string): Promise<void> {
    const kept = await desk.keepAttachment({ ...facts, instanceID, visitId }, content)
    if (kept.sha256 !== sha256) throw new Refused('picture_changed_on_its_way')
  }

  async function take(question: Question, picture: Blob): Promise<void> {
    const original = await secureOriginal(picture, instantOf(new Date()), given.maxBytes)
    const { name, sha256, takenAt } = original
    await keep({ name, kind: 'photo', type: picture.type, takenAt, minorPossible: true }, picture, sha256)
    question.set(name)
    const say = sayBeside(form, question)
    say('taken_at', takenAt)
    say('sha256', sha256)
    say('officer', given.certificate)
    void sayWhere(question, name)
  }

  /** The picture does not wait for the position; one that was removed meanwhile gets none. */
  async function sayWhere(question: Question, name: string): Promise<void> {
    const fix = await given.where().catch(() => null)
    if (!fix || question.value !== name) return
    const say = sayBeside(form, question)
    say('lon', fix.position[0].toFixed(7))
    say('lat', fix.position[1].toFixed(7))
    say('accuracy_m', fix.accuracyM.toFixed(1))
  }

  async function takeFor(item: string | null, picture: Blob): Promise<void> {
    const photos = form.repeat(PHOTOS)
    if (!photos) throw new Error('the checklist takes no photos')
    const free = photos.turns.find((turn) => form.valueOf(`${turn.path}/photo`) === '') ?? photos.add()
    const question = form.question(`${free.path}/photo`)
    if (!question) throw new Error('a turn of the photos has no photo')
    await take(question, picture)
    if (item) form.question(`${free.path}/about`)?.set(item)
  }

  function isSealed(question: Question): boolean {
    const asked = form.question(pathBeside(question, 'minor_possible'))
    return asked !== null && asked.value !== 'no'
  }

  async function agree(): Promise<void> {
    const known = new Map((await desk.attachments(instanceID)).map((one) => [one.name, one]))
    for (const question of form.questions()) {
      const attachment = question.kind === 'photo' ? known.get(question.value) : undefined
      const minorPossible = isSealed(question)
      if (!attachment || attachment.minorPossible === minorPossible) continue
      const content = await desk.attachment(instanceID, attachment.name)
      if (content) await keep({ ...attachment, minorPossible }, content, attachment.sha256)
    }
  }

  return {
    take,
    takeFor,
    isSealed,
    agree,
    remove(question) {
      const paths = FIELDS.map((field) => pathBeside(question, field)).filter(form.has)
      const values = paths.map((path) => [path, form.valueOf(path)] as const)
      for (const path of paths) form.put(path, '')
      return () => { for (const [path, value] of values) form.put(path, value) }
    },
    original: (name) => desk.attachment(instanceID, name),
    facts: (question) => ({
      sha256: form.valueOf(pathBeside(question, 'sha256')),
      takenAt: form.valueOf(pathBeside(question, 'taken_at')),
      accuracyM: form.valueOf(pathBeside(question, 'accuracy_m')),
      position: form.valueOf(pathBeside(question, 'lat')) !== '',
    }),
    marks: (name) => clearAreas[name] ?? [],
    mark(name, areas) {
      clearAreas[name] = areas
      given.areasChanged()
    },
    async sign(question, png) {
      const sha256 = await sha256Of(png)
      const takenAt = instantOf(new Date())
      const name = `${question.name}-${takenAt.slice(0, 19).replace(/\D/g, '')}.png`
      const kind = question.kind === 'signature' ? 'signature' : 'photo'
      await keep({ name, kind, type: 'image/png', takenAt, minorPossible: false }, png, sha256)
      question.set(name)
    },
    async tidy() {
      const named = new Set([...form.questions().map((one) => one.value), ...Object.values(form.hidden())])
      for (const one of await desk.attachments(instanceID)) if (!named.has(one.name)) await desk.removeAttachment(instanceID, one.name)
    },
  }
}

/** `/data/signs[2]/sign_photo` has its hash in `/data/signs[2]/sign_sha256`. */
function pathBeside(question: Question, field: string): string {
  const prefix = question.name.endsWith('photo') ? question.name.slice(0, -'photo'.length) : `${question.name}_`
  return `${question.path.slice(0, question.path.lastIndexOf('/'))}/${prefix}${field}`
}

function sayBeside(form: OpenForm, question: Question): (field: string, value: string) => void {
  return (field, value) => {
    const path = pathBeside(question, field)
    if (form.has(path)) form.put(path, value)
  }
}
