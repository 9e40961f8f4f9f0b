/**
 * Which items are answered one by one, and which may be answered together. It follows from the duties that an item
 * names: access, sale and employment of minors (ACC), identity (IDC) and signs (SGN) are core; a distance (BUF) is a
 * finding only with its measurement. The families are those of the rulebook's duty ids.
 */
import type { FormNode, Question } from '../../engine'

const ONE_BY_ONE = new Set(['ACC', 'IDC', 'SGN', 'BUF'])
const FEWEST = 2

export function mayBeAnsweredTogether(item: Pick<Question, 'duties'>): boolean {
  return item.duties.length > 0 && item.duties.every((duty) => !ONE_BY_ONE.has(duty.split('-')[0] ?? ''))
}

/** Neighbouring items that may be answered together, by the id of the first: nothing core stands among them. */
export function groupsToComply(nodes: readonly FormNode[]): Map<string, Question[]> {
  const groups = new Map<string, Question[]>()
  let group: Question[] = []
  for (const node of [...nodes, null]) {
    if (node?.node === 'question' && !node.isItem) continue // the note of an item ends no group
    if (node?.node === 'question' && mayBeAnsweredTogether(node)) {
      group.push(node)
      continue
    }
    if (group[0] && group.length >= FEWEST) groups.set(group[0].id, group)
    group = []
  }
  return groups
}

/** Answers what is blank. What is returned takes exactly that back. */
export function complyAll(group: readonly Question[]): () => void {
  const blank = group.filter((one) => one.relevant && one.value === '')
  for (const one of blank) one.set('compliant')
  return () => { for (const one of blank) if (one.value === 'compliant') one.set('') }
}
