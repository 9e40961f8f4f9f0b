/** What a question needs from around it: handed down once by the checklist, so that no question knows tablet or database. */
import { inject, type InjectionKey, type Ref } from 'vue'

import type { OpenForm, Question } from '../../engine'
import type { UnlockWith } from '../../tablet'
import type { Callees, ClearArea, Instant, Officer, Position, Text } from '../../trade'

/** A clause with its citation, or without one where it must not be cited. */
export interface LawNote { citation: Text | null; summary: Text }
export interface Law { clauses: readonly LawNote[]; howToCheck: readonly Text[] }

export interface Fix { position: Position; altitudeM: number | null; accuracyM: number; at: Instant }

/** Keeps pictures and signatures of the visit. A picture is named by the question that holds it. */
export interface Pictures {
  /** Fills the question and the capture fields beside it. Throws `Refused` where it is too large or no picture. */
  take(question: Question, picture: Blob): Promise<void>
  /** Takes a picture for the list of photos; about an item of the checklist, or about none. */
  takeFor(item: string | null, picture: Blob): Promise<void>
  /** Takes the picture out of the record; what is returned puts it back. */
  remove(question: Question): () => void
  original(name: string): Promise<Blob | null>
  /** Whether only a pixelated copy may be shown: until somebody says that no minor is in it. */
  isSealed(question: Question): boolean
  facts(question: Question): PictureFacts
  marks(name: string): readonly ClearArea[]
  mark(name: string, marks: readonly ClearArea[]): void
  sign(question: Question, png: Blob): Promise<void>
}

export interface PictureFacts { sha256: string; takenAt: Instant; accuracyM: string; position: boolean }

export interface ToCall extends Callees { onDuty: string | null }

export interface Surroundings {
  form: OpenForm
  lawOf(clauses: readonly string[], duties: readonly string[]): Law
  where(): Promise<Fix>
  /** Where the register says the venue is; null where it does not. */
  registered: Position | null
  metresBetween(from: Position, to: Position): number
  pictures: Pictures
  /** Whom to call when a minor is found: the offices of this place, who is on duty, public numbers. */
  toCall: ToCall
  /** The officers who sign, first and second. */
  officers: readonly (Officer | null)[]
  confirm(officerId: number, how: UnlockWith): Promise<Officer>
  /** True once somebody asked what is missing: before that, a blank question is not shown as wrong. */
  showMissing: Ref<boolean>
}

export const SURROUNDINGS: InjectionKey<Surroundings> = Symbol('surroundings of a question')

export function useSurroundings(): Surroundings {
  const given = inject(SURROUNDINGS)
  if (!given) throw new Error('a question stands in no checklist')
  return given
}
