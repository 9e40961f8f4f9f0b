import { expect, test } from 'vitest'

import type { Question } from '../../src/engine'
import { complyAll, groupsToComply, mayBeAnsweredTogether } from '../../src/screens/checklist/core'

function item(name: string, duties: string[], value = ''): Question {
  const own = { node: 'question', id: name, name, isItem: true, relevant: true, duties, value }
  return Object.assign(own as unknown as Question, { set(this: { value: string }, to: string) { this.value = to; return true } })
}

const note = { node: 'question', id: 'note', name: 'note', isItem: false, relevant: false, duties: [] } as unknown as Question

test.each([
  [['ACC-NET-1'], false],
  [['IDC-2'], false],
  [['SGN-10'], false],
  [['BUF-NET-3'], false],
  [['REG-NET-1', 'SGN-1'], false],
  [[], false],
  [['REG-NET-1'], true],
  [['OPE-TOB-1', 'LIC-NET-1'], true],
])('%s may be answered together: %s', (duties, together) => {
  expect(mayBeAnsweredTogether({ duties })).toBe(together)
})

test('neighbours form a group; a core item or a single one forms none, a note between them ends none', () => {
  const nodes = [item('a', ['REG-1']), item('b', ['ACC-1']), item('c', ['REG-1']), note, item('d', ['OPE-1']), item('e', ['IDC-1'])]

  const groups = groupsToComply(nodes)

  expect([...groups].map(([first, group]) => [first, group.map((one) => one.name)])).toEqual([['c', ['c', 'd']]])
})

test('complying answers the blank ones only, and taking it back leaves what was changed since', () => {
  const [a, b, c] = [item('a', ['REG-1'], 'breach'), item('b', ['REG-1']), item('c', ['REG-1'])]

  const undo = complyAll([a, b, c])
  expect([a, b, c].map((one) => one.value)).toEqual(['breach', 'compliant', 'compliant'])
  c.set('not_checked')
  undo()

  expect([a, b, c].map((one) => one.value)).toEqual(['breach', '', 'not_checked'])
})
