/**
 * Answers that are not relevant just now. The engine leaves them out of the XML, so a draft that is saved and restored
 * would lose them: they are remembered here, kept in the draft by path, and given back when their question is shown again.
 */
import type { LeafNode, RepeatNode, RootNode } from '@getodk/xforms-engine'

import { isGroup, isRepeat, leavesBelow, nodesBelow, putPictureBack, write } from './leaves'

const ROUNDS = 8 // an answer that comes back may show another question; forms nest less deep than this

export interface HiddenAnswers {
  /** After each change: remembers what is answered, gives back what is shown again. */
  settle(): void
  byPath(): Record<string, string>
}

/** Keeps the hidden answers of one open form; `waiting` is what its draft brought. */
export function keepHidden(root: RootNode, waiting: Readonly<Record<string, string>>): HiddenAnswers {
  const answers = new Map<string, string>()
  const hidden = new Set<string>()
  const notYetThere = new Map(Object.entries(waiting))

  function look(): boolean {
    let changed = false
    for (const node of nodesBelow(root)) {
      if (isRepeat(node)) changed = lookAtRepeat(node) || changed
      else if (!isGroup(node)) changed = lookAtLeaf(node) || changed
    }
    return changed
  }

  function lookAtRepeat(node: RepeatNode): boolean {
    const { relevant, reference, children } = node.currentState
    const shownAgain = relevant && hidden.delete(node.nodeId)
    if (!relevant) hidden.add(node.nodeId)
    const turns = Math.max(turnsOf(reference), 1)
    if (!shownAgain || children.length >= turns) return false
    for (let turn = children.length; turn < turns; turn++) node.addInstances()
    return true
  }

  function turnsOf(reference: string): number {
    const numbers = [...notYetThere.keys()].map((path) =>
      path.startsWith(`${reference}[`) ? parseInt(path.slice(reference.length + 1), 10) : 0,
    )
    return Math.max(0, ...numbers)
  }

  function lookAtLeaf(node: LeafNode): boolean {
    if (node.nodeType === 'model-value' || node.nodeType === 'note') return false
    const { relevant, reference, instanceValue } = node.currentState
    const brought = notYetThere.get(reference)
    if (brought !== undefined) {
      notYetThere.delete(reference)
      answers.set(node.nodeId, brought)
      hidden.add(node.nodeId)
    }
    if (!relevant) {
      hidden.add(node.nodeId)
      return false
    }
    const lost = hidden.delete(node.nodeId) && instanceValue === '' ? answers.get(node.nodeId) : undefined
    if (lost === undefined) answers.set(node.nodeId, instanceValue)
    else if (node.nodeType === 'upload') putPictureBack(node, lost)
    else write(node, lost)
    return lost !== undefined
  }

  return {
    settle() {
      for (let round = 0; round < ROUNDS && look(); round++);
    },
    byPath() {
      const kept = new Map(notYetThere)
      for (const node of leavesBelow(root)) {
        const answer = answers.get(node.nodeId)
        if (answer && !node.currentState.relevant) kept.set(node.currentState.reference, answer)
      }
      return Object.fromEntries(kept)
    },
  }
}
