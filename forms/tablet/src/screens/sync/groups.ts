/** What is on its way, visit by visit: what needs somebody first, then the newest. */
import type { OutboxItem } from '../../trade'

export interface Group { visitId: string; items: OutboxItem[] }

/** Records, then documents, then pictures. */
const place = ({ what }: OutboxItem): number => (what === 'record' ? 0 : what === 'document' ? 1 : 2)

export function byVisit(outbox: readonly OutboxItem[]): Group[] {
  const groups = new Map<string, OutboxItem[]>()
  for (const item of outbox) groups.set(item.visitId, [...(groups.get(item.visitId) ?? []), item])
  const isRefused = (group: Group): number => Number(group.items.some((item) => item.state === 'refused'))
  const newest = (group: Group): string => group.items.map((item) => item.changedAt).sort().at(-1) ?? ''
  return [...groups]
    .map(([visitId, items]) => ({ visitId, items: [...items].sort((a, b) => place(a) - place(b)) }))
    .sort((a, b) => isRefused(b) - isRefused(a) || newest(b).localeCompare(newest(a)))
}
