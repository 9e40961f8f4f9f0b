/** How far an item may go, and when it is tried again: plain rules. */
import type { ItemRow } from '../store/schema'
import type { OutboxItem } from '../trade'

const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 15 * 60_000

/** What the server says it holds of a module. */
export interface HeldByServer { instance_id: string; xml_sha256: string; files: { name: string; size: number; sha256: string }[] }

export const pauseAfter = (tries: number): number => Math.min(FIRST_PAUSE_MS * 2 ** Math.min(tries, 20), LONGEST_PAUSE_MS)

export const isLeft = ({ state }: ItemRow): boolean => state === 'here' || state === 'uploaded'

const LEAD = 'lead:'
/** Leads go another way than checklists; their instanceID tells them. */
export const isLead = (instanceID: string): boolean => instanceID.startsWith(LEAD)
export const leadInstance = (id: string): string => LEAD + id
export const leadId = (instanceID: string): string => instanceID.slice(LEAD.length)

/** An item that waits to be sent for the first time. */
export function waiting({ instanceID, name, visitId, bytes, sha256 }: Pick<ItemRow, 'instanceID' | 'name' | 'visitId' | 'bytes' | 'sha256'>, changedAt: string): ItemRow {
  return { instanceID, name, visitId, bytes, sha256, state: 'here', reason: null, tries: 0, notBefore: 0, upload: null, changedAt }
}

/** Records and documents before everything else, oldest first; then the files, small ones first. */
export function inOrder(items: ItemRow[]): ItemRow[] {
  const size = (one: ItemRow) => (one.name === '' ? -1 : one.bytes)
  return [...items].sort((a, b) => size(a) - size(b) || (a.changedAt < b.changedAt ? -1 : 1))
}

/**
 * The items of one module after the server said what it holds (null: nothing). What it holds with the same hash is
 * verified; with another, refused; what it does not hold has to be sent again, whatever was answered before, unless it
 * cannot be opened here (`canSend`): then it went as a rescue file, and the office may not have opened that yet.
 */
export function heldAgainst(items: ItemRow[], held: HeldByServer | null, canSend = true): ItemRow[] {
  const hashes = new Map(held?.files.map((file) => [file.name, file.sha256]))
  if (held !== null) hashes.set('', held.xml_sha256)
  const judged = items.map((item) => {
    if (item.state !== 'uploaded' && item.state !== 'verified') return item
    const hash = hashes.get(item.name)
    if (hash === undefined) return canSend ? { ...item, state: 'here' as const, upload: null } : item
    return hash === item.sha256 ? { ...item, state: 'verified' as const } : { ...item, state: 'refused' as const, reason: 'hash_differs' }
  })
  const isWhole = judged.every((item) => item.state === 'verified')
  return isWhole ? judged.map((item) => ({ ...item, state: 'removable' as const })) : judged
}

/** An item as screens show it. */
export function shown(item: ItemRow): OutboxItem {
  const { instanceID, visitId, name, paper, bytes, state, reason, tries, changedAt } = item
  const what = paper ? 'document' : name === '' ? 'record' : { file: name }
  return { instanceID, ...(isLead(instanceID) && { lead: true }), visitId, what, bytes, state, reason, tries, changedAt }
}
