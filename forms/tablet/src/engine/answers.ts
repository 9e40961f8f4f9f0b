/** A checklist and its record read as plain data, where no form is to be opened: what documents are made from. */
import type { Answers, ItemAsked, Nodes, Text } from '../trade'
import { factsOf, readXForm } from './facts'
import { ANSWERS_OF_AN_ITEM } from './tree'

/** `record` is null before the first answer: then only what the form asks is known. */
export function answersOf(formXml: string, record: string | null): Answers {
  const form = readXForm(formXml)
  const texts = textsOf(form)
  const nodes = record === null ? {} : nodesOf(readXForm(record).documentElement)
  return { nodes, items: itemsOf(form, texts), words: wordsOf(form, texts) }
}

function nodesOf(parent: Element): Nodes {
  const found: Record<string, string | Nodes[]> = {}
  for (const child of parent.children) {
    const known = found[child.localName]
    if (child.children.length === 0) found[child.localName] = child.textContent?.trim() ?? ''
    else if (Array.isArray(known)) known.push(nodesOf(child))
    else found[child.localName] = [nodesOf(child)]
  }
  return found
}

type Texts = (id: string) => Text

function textsOf(form: Document): Texts {
  const [zh, en] = ['(zh)', '(en)'].map((language) => {
    const spoken = form.querySelectorAll(`translation[lang$="${language}"] > text`)
    return new Map(Array.from(spoken, (one) => [one.id, one.querySelector('value')?.textContent?.trim() ?? '']))
  })
  return (id) => [zh?.get(id) ?? '', en?.get(id) ?? '']
}

function itemsOf(form: Document, texts: Texts): ItemAsked[] {
  const asked = [...factsOf(form)].filter(([, { list }]) => list === ANSWERS_OF_AN_ITEM)
  return asked.map(([nodeset, { duties }]) => {
    const [group = '', name = ''] = nodeset.split('/').slice(-2)
    return { group, name, label: texts(`${nodeset}:label`), duties }
  })
}

function wordsOf(form: Document, texts: Texts): Answers['words'] {
  const lists = Array.from(form.querySelectorAll('model > instance[id]'), (list) => {
    const items = Array.from(list.querySelectorAll('item'), (item) => {
      const [name, id] = ['name', 'itextId'].map((part) => item.querySelector(part)?.textContent ?? '')
      return [name ?? '', texts(id ?? '')] as const
    })
    return [list.id, Object.fromEntries(items)] as const
  })
  return Object.fromEntries(lists)
}
