/** Our own nodes over the engine's: each getter reads the engine's state, so that screens follow every change. */
import type { ChildNode, GroupNode, InputNode, LeafNode, RepeatNode, RootNode, StateFactory } from '@getodk/xforms-engine'

import { type Facts, NO_FACTS, nodesetOf } from './facts'
import { isGroup, isRepeat, write } from './leaves'
import type { FormNode, Group, Option, Question, QuestionKind, Repeat, Violation } from './types'
import { plain } from './words'

export const ANSWERS_OF_AN_ITEM = 'answer'
const KINDS: Record<string, QuestionKind> = {
  int: 'integer', decimal: 'decimal', date: 'date', time: 'time', dateTime: 'dateTime', geopoint: 'geopoint',
}

export interface Tree {
  nodesOf(parent: RootNode | GroupNode): FormNode[]
  of(node: ChildNode): FormNode | null
}

/** `changed` is called after every change that was asked for through these nodes. */
export function growTree(facts: ReadonlyMap<string, Facts>, state: StateFactory, changed: () => void): Tree {
  const known = new Map<string, FormNode | null>()

  function of(node: ChildNode): FormNode | null {
    const here = known.get(node.nodeId)
    if (here !== undefined) return here
    const made = isRepeat(node) ? repeat(node) : isGroup(node) ? group(node) : leaf(node)
    known.set(node.nodeId, made)
    return made
  }

  function nodesOf(parent: RootNode | GroupNode): FormNode[] {
    return parent.currentState.children.map(of).filter((one) => one !== null)
  }

  function group(node: GroupNode): Group {
    return named(node, { node: 'group', get children() { return nodesOf(node) } })
  }

  function turnsOf(node: RepeatNode): Group[] {
    return node.currentState.children.map((turn) => of(turn) as Group)
  }

  function repeat(node: RepeatNode): Repeat {
    return named(node, {
      node: 'repeat',
      get turns() { return turnsOf(node) },
      add() {
        node.addInstances()
        changed()
        return turnsOf(node).at(-1) as Group
      },
      remove(turn: Group) {
        const index = turnsOf(node).indexOf(turn)
        if (index < 0) return
        node.removeInstances(index)
        changed()
      },
    })
  }

  function leaf(node: LeafNode): Question | null {
    if (node.nodeType === 'model-value') return null
    return question(node, facts.get(nodesetOf(node.currentState.reference)) ?? NO_FACTS, state, changed)
  }

  return { nodesOf, of }
}

function question(node: LeafNode, facts: Facts, state: StateFactory, changed: () => void): Question {
  const typed = state<{ bad: string | null }>({ bad: null })
  return named(node, {
    node: 'question',
    kind: kindOf(node, facts),
    multiline: facts.appearance.includes('multiline'),
    isItem: facts.list === ANSWERS_OF_AN_ITEM,
    clauses: facts.clauses,
    duties: facts.duties,
    get hint() { return plain(node.currentState.hint) },
    get required() { return node.currentState.required },
    get readonly() { return node.currentState.readonly },
    get value() { return node.currentState.instanceValue },
    get options() { return optionsOf(node) },
    get badInput() { return typed.bad },
    get violation() { return violationOf(node, typed.bad) },
    set(value: string) {
      write(node, node.nodeType === 'input' ? exact(node, value) : value)
      const taken = value.trim() === '' || node.currentState.instanceValue !== ''
      typed.bad = taken ? null : value
      changed()
      return taken
    },
  })
}

/** What every node has, laid under what it has of its own. */
function named<Own extends object>(node: ChildNode, own: Own) {
  const common = {
    id: node.nodeId,
    name: nodesetOf(node.currentState.reference).split('/').at(-1) ?? '',
    get path() { return node.currentState.reference },
    get label() { return plain(node.currentState.label) },
    get relevant() { return node.currentState.relevant },
  }
  return Object.defineProperties(own, Object.getOwnPropertyDescriptors(common)) as Own & typeof common
}

const NUMBERS: Record<string, RegExp> = { int: /^[+-]?\d+$/, decimal: /^[+-]?(\d+\.?\d*|\.\d+)$/ }

/** The text as the engine must have it: it would cut 2.5 to 2, wants seconds, and knows no full-width digits. */
function exact(node: InputNode, value: string): string {
  const number = NUMBERS[node.valueType]
  const text = number ? value.normalize('NFKC').trim() : value
  if (number && !number.test(text)) return ''
  if (node.valueType === 'time' && /^\d\d:\d\d$/.test(text)) return `${text}:00`
  return text.trim() === '' ? '' : text
}

function kindOf(node: LeafNode, facts: Facts): QuestionKind {
  switch (node.nodeType) {
    case 'select':
      return node.selectType === 'select' ? 'many' : 'one'
    case 'upload':
      return facts.appearance === 'signature' ? 'signature' : facts.appearance === 'draw' ? 'sketch' : 'photo'
    case 'input':
      return KINDS[node.valueType] ?? 'text'
    default:
      return 'note'
  }
}

function optionsOf(node: LeafNode): Option[] {
  if (node.nodeType !== 'select') return []
  return node.currentState.valueOptions.map((one) => ({ value: one.value, label: plain(one.label) }))
}

function violationOf(node: LeafNode, bad: string | null): Violation | null {
  if (!node.currentState.relevant) return null
  if (bad !== null) return { word: 'bad_input', message: null }
  const { violation } = node.validationState
  return violation && { word: violation.condition, message: plain(violation.message) || null }
}
