/** Changes of the register that officers propose, kept until there is a network; the server judges them field by field. */
import { keepProposal, proposalRows } from '../store/items'
import type { ProposalRow, Store } from '../store/schema'
import { Refused, type Register } from '../tablet'
import type { Proposal } from '../trade'
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

export async function keep(store: Store, kind: ProposalRow['kind'], rowId: number, said: ProposalRow['said']): Promise<void> {
  const uuid = crypto.randomUUID()
  await keepProposal(store, { uuid, kind, rowId, said: { uuid, ...said }, state: 'here', reason: null })
}

interface Became { state: Proposal['state']; decision_reason: string | null }

/**
 * Send what is here; the same again is harmless. With `all`, ask what became of those that wait for a decision. A
 * refusal is kept with its word. Returns why some are left, if any are.
 */
export async function sendProposals(store: Store, ask: Ask, all: boolean): Promise<string | null> {
  for (const row of await proposalRows(store)) {
    try {
      if (row.state === 'here') await became(store, row, await ask(`/tablet/${row.kind}s/${row.rowId}/proposals`, posted(row)))
      else if (all && row.state === 'waiting') await became(store, row, await ask(`/tablet/proposals/${row.uuid}`))
    } catch (problem) {
      if (problem instanceof NotNow) return problem.waiting
      if (!(problem instanceof Refused)) throw problem
      await keepProposal(store, { ...row, state: 'refused', reason: problem.word })
    }
  }
  return null
}

function posted({ said }: ProposalRow): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(said) }
}

async function became(store: Store, row: ProposalRow, answer: Response): Promise<void> {
  const { state, decision_reason: reason } = await json<Became>(answer)
  await keepProposal(store, { ...row, state, reason: reason ?? null })
}

export const shownProposal = ({ uuid, kind, rowId, said, state, reason }: ProposalRow): Proposal =>
  ({ uuid, kind, rowId, changes: said.values, state, reason })
