import { expect, it, test } from 'vitest'
import { clausesOf, lawOf } from '../../src/law/items'
import { inForce, readLaw } from '../../src/law/section'
import { law } from '../vectors'

const ON = '2026-11-21'

test('an item unfolds its duty, how to check it, and the clauses with their citations', () => {
  const shown = lawOf(law, { clauses: ['internet-cafe-regs:21.1', 'minors-law:58'], duties: ['ACC-NET-1'] }, 'internet_cafe', ON)

  expect(shown.duties[0]?.breach[0]).toBe('让未成年人进入网吧')
  expect(shown.duties[0]?.howToCheck?.[0]).toContain('登记台账')
  expect(shown.clauses.map((clause) => clause.citation?.[0])).toEqual([
    '《互联网上网服务营业场所管理条例》（2022-03-29修订）第二十一条第一款',
    '《中华人民共和国未成年人保护法》（2024-04-26修正）第五十八条',
  ])
})

test('a clause of memory only is shown without a citation', () => {
  const shown = clausesOf(law, law.clauses.filter((row) => row.citation === null).map((row) => row.id), null, ON)

  expect(shown.length).toBeGreaterThan(0)
  expect(shown.every((clause) => clause.citation === null && clause.summary[0])).toBe(true)
})

test('clauses that do not speak of the activity, and what is not in force, are left out', () => {
  expect(clausesOf(law, ['entertainment-regs:23'], 'bar', ON)).toEqual([])
  expect(clausesOf(law, ['entertainment-regs:23'], 'song_and_dance', ON)).toHaveLength(1)
  expect(lawOf(law, { clauses: ['minors-law:58'], duties: ['ACC-NET-1', 'nonsense'] }, 'internet_cafe', '2001-01-01')).toEqual({ duties: [], clauses: [] })
})

it('takes the later of two rows of one id', () => {
  const rows = [
    { id: 'a', from: '2020-01-01', to: null, said: 'old' },
    { id: 'a', from: '2026-11-22', to: null, said: 'new' },
    { id: 'b', from: '2020-01-01', to: '2026-11-20', said: 'gone' },
  ]

  expect([...inForce(rows, '2026-11-21').values()].map((row) => row.said)).toEqual(['old'])
  expect([...inForce([...rows].reverse(), '2026-11-22').values()].map((row) => row.said)).toEqual(['new'])
})

it.each([null, 'law', {}, { duties: [] }])('refuses what is no law section: %s', (section) => {
  expect(() => readLaw(section)).toThrow()
})
