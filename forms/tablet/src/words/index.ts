/**
 * Every word on a screen, Chinese and English side by side. Each area of the app keeps its own file here: tables of
 * pairs, `as const`. A name in capitals is a table of the trade's codes and is looked up; any other is used by name.
 */
import type { Language, Text } from '../trade'

let spoken: { language: Language } = { language: 'zh' }

/** Lets screens follow a change of language: they give an object that they watch. */
export function speakThrough(holder: { language: Language }): void {
  spoken = holder
}

export function language(): Language {
  return spoken.language
}

/** The saying in the language that is spoken now; `{name}` is replaced by the fact of that name. */
export function t(text: Text, facts: Record<string, string | number> = {}): string {
  const said = text[spoken.language === 'zh' ? 0 : 1]
  return said.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))
}

const ITSELF: Text = ['{word}', '{word}']

/** The word for a code of the trade; a code that has none yet is shown (`{word}`), never left out. */
export function wordFor(
  table: Readonly<Record<string, Text>>, code: string, otherwise: Text = ITSELF, facts: Record<string, string | number> = {},
): string {
  const text = Object.hasOwn(table, code) ? table[code] : undefined
  return t(text ?? otherwise, { word: code, ...facts })
}
