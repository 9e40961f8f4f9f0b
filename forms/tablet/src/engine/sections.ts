/** The sections of a checklist and how far each is. */
import type { FormNode, Group, Problem, Question, Repeat, Section, SectionProgress } from './types'

/** Groups and repeats at the top; single questions before one of them belong to it. */
export function sectionsOf(top: readonly FormNode[]): Section[] {
  const sections: Section[] = []
  let single: FormNode[] = []
  for (const node of top) {
    if (node.name === 'meta') continue
    single.push(node)
    if (node.node === 'question') continue
    sections.push({ id: node.id, title: node.label, nodes: node.node === 'group' && single.length === 1 ? node.children : single })
    single = []
  }
  return single.length > 0 ? [...sections, { id: 'rest', title: '', nodes: single }] : sections
}

/** Every relevant question below, turns included, in order. */
export function questionsIn(nodes: readonly FormNode[]): Question[] {
  return nodes.flatMap((node) => {
    if (!node.relevant) return []
    if (node.node === 'question') return node.kind === 'note' ? [] : [node]
    return questionsIn(node.node === 'group' ? node.children : node.turns)
  })
}

export function progressOf(section: Section): SectionProgress {
  const questions = questionsIn(section.nodes)
  const required = questions.filter((one) => one.required)
  return {
    answered: required.filter((one) => one.value !== '').length,
    of: required.length,
    wrong: questions.filter((one) => one.violation !== null && one.violation.word !== 'required').length,
  }
}

export function problemsIn(nodes: readonly FormNode[]): Problem[] {
  return questionsIn(nodes).flatMap((one) => (one.violation ? [{ ...one.violation, path: one.path, id: one.id }] : []))
}

/** Looks for a node by its path, also where it is not relevant. */
export function find(nodes: readonly FormNode[], path: string): FormNode | null {
  for (const node of nodes) {
    if (node.path === path) return node
    const found = find(below(node), path)
    if (found) return found
  }
  return null
}

function below(node: FormNode): readonly (Group | Repeat | FormNode)[] {
  return node.node === 'group' ? node.children : node.node === 'repeat' ? node.turns : []
}
