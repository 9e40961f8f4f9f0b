/**
 * The XML of a record where no form is open: a blank one, the start of the next module of a visit (the rule of
 * forms/modules.py), and a draft whose pictures are taken out before the engine sees it.
 */
import type { Instant } from '../trade'
import { blankRecord, filesIn, nodesetOf, readXForm, repeatsIn } from './facts'

const COPIED = ['arrival', 'place']
const VISIT_ID = 'arrival/visit_id'

export interface ModuleStart {
  formXml: string
  instanceID: string
  /** With its offset: when the officers turned to this activity. */
  startedAt: Instant
  deviceId: string
  /** A checklist of the same visit that is filled in: arrival, officers, venue and position are copied from it. */
  earlier: string | null
}

/** The record with which a module opens for the first time: every node of the form, blank but for what is known. */
export function startOfModule({ formXml, instanceID, startedAt, deviceId, earlier }: ModuleStart): string {
  if (!/(Z|[+-]\d\d:\d\d)$/.test(startedAt)) throw new Error('a module starts at an instant with its offset from UTC')
  const record = blankRecord(readXForm(formXml))
  const filled = earlier === null ? null : readXForm(earlier).documentElement
  if (filled) copyKnown(filled, record)
  write(record, 'start', startedAt)
  if (!filled) write(record, 'deviceid', deviceId)
  writeLast(record, 'instanceID', instanceID.startsWith('uuid:') ? instanceID : `uuid:${instanceID}`)
  return new XMLSerializer().serializeToString(record)
}

/** The visit that a record belongs to: the one it names, else its own instance id. */
export function visitIdOf(record: Element): string {
  const instanceID = last(record, 'instanceID')?.textContent?.trim() ?? ''
  return plainUuid(at(record, VISIT_ID)?.textContent ?? '') || plainUuid(instanceID) || instanceID
}

function plainUuid(text: string): string {
  const digits = text.trim().replace(/^uuid:/, '').replaceAll('-', '').toLowerCase()
  return /^[0-9a-f]{32}$/.test(digits) ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : ''
}

/** A draft without its pictures, and their names by path: the engine could not clear a picture that it restored. */
export function withoutPictures(draft: string, form: Document): { xml: string; pictures: Map<string, string> } {
  const record = readXForm(draft)
  const files = filesIn(form)
  const pictures = new Map<string, string>()
  for (const [path, leaf] of leavesOf(record.documentElement, repeatsIn(form))) {
    if (!leaf.textContent || !files.has(nodesetOf(path))) continue
    pictures.set(path, leaf.textContent)
    leaf.textContent = ''
  }
  return { xml: new XMLSerializer().serializeToString(record), pictures }
}

/** Every leaf with its path, the turns of repeats numbered. */
function* leavesOf(parent: Element, repeats: ReadonlySet<string>, path = `/${parent.localName}`): Generator<[string, Element]> {
  const turns = new Map<string, number>()
  for (const child of parent.children) {
    const here = `${path}/${child.localName}`
    const turn = (turns.get(here) ?? 0) + 1
    turns.set(here, turn)
    if (child.children.length > 0) yield* leavesOf(child, repeats, repeats.has(nodesetOf(here)) ? `${here}[${turn}]` : here)
    else yield [here, child]
  }
}

function copyKnown(filled: Element, record: Element): void {
  const paths = COPIED.flatMap((group) => Array.from(at(filled, group)?.children ?? [], (leaf) => `${group}/${leaf.localName}`))
  for (const path of ['deviceid', ...paths]) write(record, path, at(filled, path)?.textContent ?? '')
  write(record, VISIT_ID, visitIdOf(filled))
}

function at(record: Element, path: string): Element | null {
  let found: Element | undefined = record
  for (const name of path.split('/')) found = Array.from(found?.children ?? []).find((one) => one.localName === name)
  return found ?? null
}

function last(record: Element, name: string): Element | null {
  return Array.from(record.getElementsByTagName('*')).findLast((one) => one.localName === name) ?? null
}

function write(record: Element, path: string, value: string): void {
  const node = at(record, path)
  if (node) node.textContent = value
}

function writeLast(record: Element, name: string, value: string): void {
  const node = last(record, name)
  if (node) node.textContent = value
}
