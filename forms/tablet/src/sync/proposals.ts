/** Changes of the register that officers propose, kept until there is a network; the server judges them field by field. */
import { keepProposal, proposalRows } from '../store/items'
import type { ProposalRow, Store } from '../store/schema'
import { Refused, type Register } from '../tablet'
import type { Proposal } from '../trade'
import { utf8 } from '../vault/bytes'
import { openText, seal } from '../vault/hms1'
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

/** What the server is told of a change. */
type Said = { values: Record<string, unknown>; [field: string]: unknown }

const placeOf = (uuid: string) => `proposal:${uuid}`

export async function keep(store: Store, sealing: CryptoKey, kind: ProposalRow['kind'], rowId: number, said: Said): Promise<void> {
  const uuid = crypto.randomUUID()
  const sealed = await seal(sealing, utf8(JSON.stringify({ uuid, ...said })), placeOf(uuid))
  await keepProposal(store, { uuid, kind, rowId, sealed, state: 'here', reason: null })
}

const saidIn = ({ uuid, sealed }: ProposalRow, sealing: CryptoKey): Promise<string> => openText(sealing, sealed, placeOf(uuid))

interface Became { state: Proposal['state']; decision_reason: string | null }

/**
 * Send what is here; the same again is harmless. With `all`, ask what became of those that wait for a decision. A
 * refusal is kept with its word. Returns why some are left, if any are.
 */
export async function sendProposals(store: Store, ask: Ask, sealing: CryptoKey, all: boolean): Promise<string | null> {
  for (const row of await proposalRows(store)) {
    try {
      if (row.state === 'here') await became(store, row, await ask(`/tablet/${row.kind}s/${row.rowId}/proposals`, posted(await saidIn(row, sealing))))
      else if (all && row.state === 'waiting') await became(store, row, await ask(`/tablet/proposals/${row.uuid}`))
    } catch (problem) {
      if (problem instanceof NotNow) return problem.waiting
      if (!(problem instanceof Refused)) throw problem
      await keepProposal(store, { ...row, state: 'refused', reason: problem.word })
    }
  }
  return null
}

function posted(body: string): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }
}

async function became(store: Store, row: ProposalRow, answer: Response): Promise<void> {
  const { state, decision_reason: reason } = await json<Became>(answer)
  await keepProposal(store, { ...row, state, reason: reason ?? null })
}

export async function shownProposal(row: ProposalRow, sealing: CryptoKey): Promise<Proposal> {
  const { uuid, kind, rowId, state, reason } = row
  const { values } = JSON.parse(await saidIn(row, sealing)) as Said
  return { uuid, kind, rowId, changes: values, state, reason }
}
