/** What the answers of one module say to a document: items, ID checks, evidence, measures, signatures. */
import type { Answers, Attachment, Nodes } from '../trade'
import type { Signature } from './blocks'
import type { Answered, EvidenceShown, IdCheckShown } from './facts'
import { instantShown } from './shown'

/** One checklist of the visit as far as it is filled in; `files` are its pictures and signatures. */
export interface ModuleFilled { activity: string; answers: Answers; files: readonly Attachment[] }

export const WITNESS = '见证人'
const ANSWERS = ['compliant', 'breach', 'not_applicable', 'not_checked'] as const
const BANDS = ['under_14', '14_15', '16_17'] as const

/** The turns of a group or repeat; none where it was not asked. */
export function turns({ answers }: ModuleFilled, name: string): readonly Nodes[] {
  const found = answers.nodes[name]
  return Array.isArray(found) ? (found as readonly Nodes[]) : []
}

/** What a leaf says; '' where nothing was answered or asked. */
export function said(module: ModuleFilled, path: string): string {
  const [group = '', leaf] = path.split('/')
  return leaf === undefined ? text(module.answers.nodes, group) : text(turns(module, group)[0], leaf)
}

export function text(nodes: Nodes | undefined, name: string): string {
  const found = nodes?.[name]
  return typeof found === 'string' ? found : ''
}

/** The Chinese word of an answer; the answer itself where its list is not known. */
function word({ answers }: ModuleFilled, list: string, value: string): string {
  return answers.words[list]?.[value]?.[0] ?? value
}

/** Items that were asked and are not answered yet. */
export function unanswered(module: ModuleFilled): number {
  return module.answers.items.filter(({ group, name }) => turns(module, group)[0]?.[name] === '').length
}

/** The items that were answered; `evidence` says under which numbers their pictures stand. */
export function answered(module: ModuleFilled, evidence: readonly (EvidenceShown & { about: string[] })[]): Answered[] {
  return module.answers.items.flatMap(({ group, name, label, duties }) => {
    const answer = ANSWERS.find((one) => one === said(module, `${group}/${name}`))
    if (answer === undefined) return []
    const photos = evidence.filter(({ about }) => about.includes(name)).map(({ number }) => number)
    return [{ label, activity: module.activity, answer, note: said(module, `${group}/${name}_note`) || null, duties: [...duties], photos }]
  })
}

export function idChecks(module: ModuleFilled): IdCheckShown[] {
  if (said(module, 'id_checks_made') !== 'yes') return []
  return turns(module, 'id_checks').map((turn) => {
    const count = (name: string): number => Number(text(turn, name)) || 0
    const [confirmed, apparent] = ['confirmed', 'apparent'].map((kind) => BANDS.map((band) => count(`${kind}_${band}`)) as [number, number, number])
    return {
      method: word(module, 'id_check_method', text(turn, 'method')),
      peopleChecked: count('people_checked'),
      notVerified: count('not_verified'),
      mismatched: count('mismatched'),
      minors: { confirmed: confirmed ?? [0, 0, 0], apparent: apparent ?? [0, 0, 0] },
    }
  })
}

/** Every picture that is named, with the hash that was made at capture; numbers go on from `before`. */
export function evidence(module: ModuleFilled, before: number): (EvidenceShown & { about: string[] })[] {
  const photos = turns(module, 'photos').map((turn) =>
    [text(turn, 'photo'), text(turn, 'caption') || '照片', text(turn, 'about').split(' ').filter(Boolean)] as const)
  const signs = turns(module, 'signs').map((turn) => {
    const [sign, place, state] = ['sign', 'sign_place', 'sign_state'].map((list) => word(module, list, text(turn, list)))
    return [text(turn, 'sign_photo'), `标志：${sign}，${place}，${state}`, [] as string[]] as const
  })
  const kept = [...photos, ...signs].flatMap(([name, what, about]) => {
    const file = module.files.find((one) => one.name === name)
    return file ? [{ what, about, takenAt: file.takenAt, sha256: file.sha256 }] : []
  })
  return kept.map((one, at) => ({ number: before + at + 1, ...one }))
}

export function measures(module: ModuleFilled): string[] {
  const taken = said(module, 'measures/measures_taken').split(' ').filter((one) => one !== '' && one !== 'none')
  return taken.map((one) => word(module, 'measure', one))
}

type Shown = Omit<Signature, 'kind'>

/** Who signed this module, the person in charge first; empty until the officers have signed. */
export function signatures(module: ModuleFilled, officers: readonly { name: string; certificateNo: string }[]): Shown[] {
  const signed = (label: string, leaf: string, name: string, certificateNo: string | null = null): Shown => {
    const image = said(module, `signatures/${leaf}_signature`)
    const file = module.files.find((one) => one.name === image)
    return {
      label, name: name || null, certificateNo, state: image ? 'signed' : 'pending', reason: null, image: image || null,
      at: file ? instantShown(file.takenAt) : null,
    }
  }
  const witness = said(module, 'signatures/witness_name')
  return [
    person(module, signed('现场负责人', 'person', said(module, 'signatures/person_name'))),
    ...(witness ? [signed(WITNESS, 'witness', witness)] : []),
    ...officers.map((one, at) => signed(`执法人员${'一二'[at]}`, `officer_${at + 1}`, one.name, one.certificateNo)),
  ]
}

function person(module: ModuleFilled, signed: Shown): Shown {
  const reason = said(module, 'signatures/refusal_reason') || null
  if (said(module, 'signatures/person_present') === 'no') return { ...signed, state: 'absent', reason }
  return said(module, 'signatures/person_signing') === 'refused' ? { ...signed, state: 'refused', image: null, at: null, reason } : signed
}
