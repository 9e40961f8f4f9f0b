/** Changes of the register that officers propose, kept until there is a network; the server judges them field by field. */
import { keepProposal, proposalRows } from '../store/items'
import type { ProposalRow, Store } from '../store/schema'
import { Refused, type Register } from '../tablet'
import { json, NotNow, type Ask } from './network'

/** What was seen of the fields that are changed, so that the server knows who wrote over whom. */
export function seenFields(register: Register, kind: ProposalRow['kind'], id: number, changes: Record<string, unknown>): Record<string, unknown> {
  const row = kind === 'venue' ? register.venues.get(id) : register.sites.get(id)
  if (row === undefined) return {}
  const known: Record<string, unknown> = 'creditCode' in row
    ? { name: row.name, address: row.address, credit_code: row.creditCode, activities: row.activities }
    : { name: row.name, address: row.address, kind: row.kind, opened_on: row.openedOn, closed_on: row.closedOn }
  return Object.fromEntries(Object.entries(known).filter(([name]) => name in changes))
}

export async function keep(store: Store, kind: ProposalRow['kind'], rowId: number, said: Record<string, unknown>): Promise<void> {
  const uuid = crypto.randomUUID()
  await keepProposal(store, { uuid, kind, rowId, said: { uuid, ...said }, state: 'here', reason: null })
}

/** Send what waits. The same again is harmless; a refusal is kept with its word. Returns why some are left, if any are. */
export async function sendProposals(store: Store, ask: Ask): Promise<string | null> {
  for (const row of (await proposalRows(store)).filter(({ state }) => state === 'here')) {
    try {
      const headers = { 'Content-Type': 'application/json' }
      const where = `/tablet/${row.kind}s/${row.rowId}/proposals`
      const { state } = await json<{ state: string }>(await ask(where, { method: 'POST', headers, body: JSON.stringify(row.said) }))
      await keepProposal(store, { ...row, state: 'sent', reason: state })
    } catch (problem) {
      if (problem instanceof NotNow) return problem.waiting
      if (!(problem instanceof Refused)) throw problem
      await keepProposal(store, { ...row, state: 'refused', reason: problem.word })
    }
  }
  return null
}
