/** Opens a checklist in one version, with the draft that was begun in it. */
import { loadForm, type RootNode, type StateFactory } from '@getodk/xforms-engine'

import type { Language } from '../trade'
import { factsOf, readXForm } from './facts'
import { type HiddenAnswers, keepHidden } from './hidden'
import { leavesBelow, putPictureBack, write } from './leaves'
import { withoutPictures } from './records'
import { find, problemsIn, progressOf, questionsIn, sectionsOf } from './sections'
import { growTree } from './tree'
import type { FormNode, OpenForm } from './types'

export interface Opening {
  xml: string
  /** Lists that the form reads, by file name: what `entityLists` makes. */
  attachments: Readonly<Record<string, string>>
  /** The first one is made by `startOfModule`. */
  draft: { xml: string; hidden: Readonly<Record<string, string>> }
  /** Makes state that screens can follow: `shallowReactive` of Vue. */
  stateFactory: StateFactory
  language: Language
}

/** Throws where the form or the draft cannot be read. Each opening loads the form anew: one that is kept leaks. */
export async function openForm({ xml, attachments, draft, stateFactory, language }: Opening): Promise<OpenForm> {
  const asked = readXForm(xml)
  const { xml: bare, pictures } = withoutPictures(draft.xml, asked)
  const root = await restored(xml, attachments, bare, stateFactory)
  putPicturesBack(root, pictures)
  const hidden = keepHidden(root, draft.hidden)
  hidden.settle()

  const listeners = new Set<() => void>()
  let together = false
  const changed = () => {
    if (together) return
    hidden.settle()
    for (const listener of listeners) listener()
  }
  const tree = growTree(factsOf(asked), stateFactory, changed)
  const form = formOver(root, () => tree.nodesOf(root), hidden, stateFactory({ language }), changed)
  form.speak(language)
  return Object.assign(form, {
    together(deed: () => void) {
      together = true
      try {
        deed()
      } finally {
        together = false
      }
      changed()
    },
    onChange(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
}

async function restored(xml: string, attachments: Opening['attachments'], draft: string, stateFactory: StateFactory) {
  const form = await loadForm(xml, {
    fetchFormAttachment: (address) => Promise.resolve(new Response(attachments[address.href.split('/').at(-1) ?? ''] ?? '')),
  })
  if (form.status === 'failure') throw form.error
  const saved = new FormData()
  saved.set('xml_submission_file', new File([draft], 'xml_submission_file', { type: 'text/xml' }))
  const { root } = await form.restoreInstance({ data: [saved] }, { stateFactory })
  return root
}

function putPicturesBack(root: RootNode, pictures: ReadonlyMap<string, string>): void {
  for (const node of leavesBelow(root)) {
    const name = pictures.get(node.currentState.reference)
    if (name !== undefined && node.nodeType === 'upload') putPictureBack(node, name)
  }
}

function formOver(
  root: RootNode, top: () => FormNode[], hidden: HiddenAnswers, spoken: { language: Language }, changed: () => void,
): Omit<OpenForm, 'onChange' | 'together'> {
  const leaf = (path: string) => leavesBelow(root).find((one) => one.currentState.reference === path)
  return {
    get sections() { return sectionsOf(top()) },
    get language() { return spoken.language },
    speak(language) {
      const wanted = root.languages.find((one) => one.language.endsWith(`(${language})`))
      if (wanted) root.setLanguage(wanted)
      spoken.language = language
    },
    question(path) {
      const found = find(top(), path)
      return found?.node === 'question' ? found : null
    },
    repeat(path) {
      const found = find(top(), path)
      return found?.node === 'repeat' ? found : null
    },
    questions: () => questionsIn(top()),
    put(path, value) {
      const node = leaf(path)
      if (!node) throw new Error(`the form has no ${path}`)
      write(node, value)
      changed()
    },
    valueOf: (path) => leaf(path)?.currentState.instanceValue ?? '',
    has: (path) => leaf(path) !== undefined,
    xml: () => root.instanceState.instanceXML,
    hidden: () => hidden.byPath(),
    progress: progressOf,
    problems: () => problemsIn(top()),
  }
}
