import { readFileSync, globSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, describe, expect, test } from 'vitest'

import type { Text } from '../../src/trade'
import { speakThrough, t, wordFor } from '../../src/words'

type Table = Record<string, Text>
const SRC = join(import.meta.dirname, '../../src')
const modules = import.meta.glob<Record<string, unknown>>('../../src/words/*.ts', { eager: true })
const tables = Object.entries(modules).flatMap(([file, names]) =>
  Object.entries(names).flatMap(([name, table]) => (typeof table === 'object' ? [{ file, name, table: table as Table }] : [])),
)
const pairs = tables.flatMap(({ name, table }) => Object.entries(table).map(([key, text]) => ({ name: `${name}.${key}`, text })))
const sources = globSync('**/*.{ts,vue}', { cwd: SRC }).map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }))
const facts = (said: string): string[] => [...said.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort()

afterEach(() => speakThrough({ language: 'zh' }))

describe('the table of words', () => {
  test('says everything in both languages, with the same facts in both', () => {
    const torn = pairs.filter(({ text }) => !Array.isArray(text) || text.length !== 2 || text.some((said) => said.trim() === '') || facts(text[0]).join() !== facts(text[1]).join())

    expect(pairs.length).toBeGreaterThan(200)
    expect(torn).toEqual([])
  })

  test('is Chinese on the left', () => {
    const wrong = pairs.filter(({ text: [zh, en] }) => /[\u4e00-\u9fff]/.test(en) && !/[\u4e00-\u9fff]/.test(zh)).map(({ name }) => name)

    expect(wrong).toEqual(['shell.otherLanguage'])
  })

  test('holds no word that no screen says', () => {
    const unused = tables.flatMap(({ name, table }) =>
      name === name.toUpperCase()
        ? sources.some((source) => nameIn(source.text, name) !== null) ? [] : [name]
        : Object.keys(table).filter((key) => !sources.some((source) => says(source.text, name, key))).map((key) => `${name}.${key}`),
    )

    expect(unused).toEqual([])
  })
})

/** The name under which a file imports a table, or defines it for itself; null where it does not know it. */
function nameIn(source: string, name: string): string | null {
  const imported = new RegExp(`import \\{[^}]*\\b${name}\\b(?: as (\\w+))?[^}]*\\} from '[^']*words/`).exec(source)
  return imported ? (imported[1] ?? name) : source.includes(`const ${name} = {`) && name !== name.toUpperCase() ? name : null
}

function says(source: string, name: string, key: string): boolean {
  const known = nameIn(source, name)
  return known !== null && new RegExp(`\\b${known}\\.${key}\\b`).test(source)
}

describe('a saying', () => {
  test('follows the language that is spoken, at once', () => {
    const look: { language: 'zh' | 'en' } = { language: 'zh' }
    speakThrough(look)
    const before = t(['查找', 'Find'])
    look.language = 'en'

    expect([before, t(['查找', 'Find'])]).toEqual(['查找', 'Find'])
  })

  test('is filled with facts, and shows where one is missing', () => {
    expect(t(['还有 {n} 项，{who}', ''], { n: 3 })).toBe('还有 3 项，{who}')
  })

  test('of a code without a word is the code itself, or what is said otherwise', () => {
    expect(wordFor({}, 'toString')).toBe('toString')
    expect(wordFor({}, 'new_code', ['原因：{word}', 'Reason: {word}'])).toBe('原因：new_code')
  })
})
