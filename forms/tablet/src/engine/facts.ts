/** What the XForm says about its nodes and the engine does not tell: law, lists, appearances. Read once, by nodeset. */

const LAW = 'https://humiao.example/law'
const JAVAROSA = 'http://openrosa.org/javarosa'

export interface Facts {
  readonly clauses: readonly string[]
  readonly duties: readonly string[]
  readonly appearance: string
  /** The list that its choices come from. */
  readonly list: string
}

export const NO_FACTS: Facts = { clauses: [], duties: [], appearance: '', list: '' }

/** Reads the XForm of a checklist. Throws where it is no XML. */
export function readXForm(xml: string): Document {
  const read = new DOMParser().parseFromString(xml, 'text/xml')
  if (read.querySelector('parsererror')) throw new Error('the form is no XML')
  return read
}

/** The facts of every bound node. */
export function factsOf(form: Document): Map<string, Facts> {
  const asked = controlsOf(form)
  return new Map(
    Array.from(form.getElementsByTagName('bind'), (bind) => {
      const nodeset = bind.getAttribute('nodeset') ?? ''
      const control = asked.get(nodeset)
      const itemset = control?.querySelector(':scope > itemset')?.getAttribute('nodeset') ?? ''
      return [
        nodeset,
        {
          clauses: words(bind.getAttributeNS(LAW, 'clause')),
          duties: words(bind.getAttributeNS(LAW, 'duty')),
          appearance: control?.getAttribute('appearance') ?? '',
          list: /instance\('(\w+)'\)/.exec(itemset)?.[1] ?? '',
        },
      ]
    }),
  )
}

/** The root element of a blank record as the form describes it: each repeat once, no template. */
export function blankRecord(form: Document): Element {
  const described = form.querySelector('model > instance > *')
  if (!described) throw new Error('the form has no instance')
  const record = described.cloneNode(true) as Element
  for (const one of record.querySelectorAll('*')) if (one.hasAttributeNS(JAVAROSA, 'template')) one.remove()
  return record
}

/** The nodes that hold the name of a file. */
export function filesIn(form: Document): Set<string> {
  return nodesets(form.querySelectorAll('bind[type="binary"]'))
}

export function repeatsIn(form: Document): Set<string> {
  return nodesets(form.querySelectorAll('repeat'))
}

/** `/data/id_checks[2]/method` is the node `/data/id_checks/method` of the form. */
export function nodesetOf(path: string): string {
  return path.replace(/\[\d+\]/g, '')
}

function controlsOf(form: Document): Map<string, Element> {
  const body = form.getElementsByTagNameNS('http://www.w3.org/1999/xhtml', 'body')[0]
  const controls = Array.from(body?.querySelectorAll('[ref]') ?? [])
  return new Map(controls.map((one) => [one.getAttribute('ref') ?? '', one] as const).reverse())
}

function nodesets(elements: NodeListOf<Element>): Set<string> {
  return new Set(Array.from(elements, (one) => one.getAttribute('nodeset') ?? ''))
}

function words(text: string | null): string[] {
  return text?.split(/\s+/).filter(Boolean) ?? []
}
