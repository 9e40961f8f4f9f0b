/** A checklist as screens see it: questions, groups and repeats, and nothing of the engine below. */
import type { Language } from '../trade'

export type QuestionKind =
  | 'text' | 'integer' | 'decimal' | 'date' | 'time' | 'dateTime' | 'geopoint'
  | 'one' | 'many' | 'photo' | 'sketch' | 'signature' | 'note'

export interface Option { readonly value: string; readonly label: string }

/** Why an answer cannot stay as it is. `bad_input`: what was typed is no such value, and nothing was kept of it. */
export interface Violation { readonly word: 'required' | 'constraint' | 'bad_input'; readonly message: string | null }

interface Named {
  readonly id: string
  readonly name: string
  /** Where it stands, with the turns of repeats: `/data/id_checks[1]/method`. */
  readonly path: string
  readonly label: string
  readonly relevant: boolean
}

export interface Question extends Named {
  readonly node: 'question'
  readonly kind: QuestionKind
  readonly hint: string
  readonly required: boolean
  readonly readonly: boolean
  /** As it stands in the XML; several choices with blanks between; a picture by its file's name. */
  readonly value: string
  readonly options: readonly Option[]
  readonly violation: Violation | null
  /** What was typed and could not be read as such a value. */
  readonly badInput: string | null
  readonly multiline: boolean
  /** An item of the checklist: one duty answered by compliant, breach, not applicable, not checked. */
  readonly isItem: boolean
  readonly clauses: readonly string[]
  readonly duties: readonly string[]
  /** Takes an answer as text; a blank one clears it. Returns whether it was taken. */
  set(value: string): boolean
}

export interface Group extends Named { readonly node: 'group'; readonly children: readonly FormNode[] }

export interface Repeat extends Named {
  readonly node: 'repeat'
  readonly turns: readonly Group[]
  add(): Group
  remove(turn: Group): void
}

export type FormNode = Question | Group | Repeat

/** What is asked one after the other under one heading; questions before a repeat belong to it. */
export interface Section { readonly id: string; readonly title: string; readonly nodes: readonly FormNode[] }

export interface SectionProgress { readonly answered: number; readonly of: number; readonly wrong: number }

export interface Problem extends Violation { readonly path: string; readonly id: string }

export interface OpenForm {
  readonly sections: readonly Section[]
  readonly language: Language
  speak(language: Language): void
  /** By path, as it is now; null where there is no such question just now. */
  question(path: string): Question | null
  repeat(path: string): Repeat | null
  /** Every relevant question in order, those of turns included. */
  questions(): Question[]
  /** Writes a node that no question asks: capture fields, the visit, when it ended. */
  put(path: string, value: string): void
  valueOf(path: string): string
  has(path: string): boolean
  xml(): string
  /** Answers that are not relevant just now, by path: they are not in the XML. */
  hidden(): Record<string, string>
  progress(section: Section): SectionProgress
  /** What stands in the way of signing, the first first. */
  problems(): Problem[]
  /** Several answers as one change. */
  together(deed: () => void): void
  /** Called after each change of an answer. Returns how to stop. */
  onChange(listener: () => void): () => void
}
