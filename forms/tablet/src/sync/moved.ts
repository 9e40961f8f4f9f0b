/**
 * Tasks that went to others, or were called off, while work was under way: the office's word counts, the work stays
 * (协查), and its officer is told. Asked after sending, for visits of whoever is signed in.
 */
import { visitOf } from '../outbox/visits'
import type { Store, VisitRow } from '../store/schema'
import { keepMoved, visitRows } from '../store/visits'
import { Refused } from '../tablet'
import type { Moved, Visit } from '../trade'
import { utf8 } from '../vault/bytes'
import { openText, seal } from '../vault/hms1'
import { json, NotNow, type Ask } from './network'

interface TaskNow { state: string; officers: { id: number; name: string }[] }

const placeOf = (visitId: string): string => `moved:${visitId}`

/** Ask for each visit that has not heard yet. Ends quietly where the line breaks: it is asked again. */
export async function askWhatMoved(store: Store, ask: Ask, keyOf: (visitId: string) => Promise<CryptoKey | null>): Promise<void> {
  for (const row of await visitRows(store)) {
    const key = row.lead || row.moved !== undefined ? null : await keyOf(row.visitId)
    if (key === null) continue
    try {
      const moved = await movedFrom(ask, await visitOf(row, key))
      if (moved !== null) await keepMoved(store, row.visitId, await seal(key, utf8(JSON.stringify(moved)), placeOf(row.visitId)))
    } catch (problem) {
      if (problem instanceof NotNow) return
      if (!(problem instanceof Refused)) throw problem
    }
  }
}

async function movedFrom(ask: Ask, { taskId, officerId }: Visit): Promise<Moved | null> {
  if (taskId === null) return null
  const { state, officers } = await json<TaskNow>(await ask(`/tablet/tasks/${taskId}`))
  if (state === 'withdrawn') return { to: [] }
  return officers.length === 0 || officers.some(({ id }) => id === officerId) ? null : { to: officers.map(({ name }) => name) }
}

export async function movedOf(row: VisitRow, key: CryptoKey): Promise<Moved | null> {
  return row.moved === undefined ? null : (JSON.parse(await openText(key, row.moved, placeOf(row.visitId))) as Moved)
}
