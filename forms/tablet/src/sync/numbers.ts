/** Document numbers: taken along for the day before the package, and told to the office once it is known what bears them. */
import { numbersLeft } from '../packages/held'
import { changeNumber, numberRows } from '../store/papers'
import type { NumberRow, Store } from '../store/schema'
import { Refused, type Register } from '../tablet'
import { NotNow, whole, type Ask } from './network'

const FEW = 5
const A_DAY = 20

/** Reserve a block for today of each kind of which few are left; the package brings them. Gives the kinds that the office does not number. */
export async function reserveNumbers(ask: Ask, register: Register | null): Promise<string[]> {
  const unnumbered: string[] = []
  for (const [kind, left] of numbersLeft(register)) {
    if (left >= FEW) continue
    const said = { uuid: crypto.randomUUID(), kind, count: A_DAY }
    try {
      await whole((await ask('/tablet/number-blocks', posted(said))).text())
    } catch (problem) {
      if (!(problem instanceof Refused) || problem.word !== 'number_series_unknown') throw problem
      unnumbered.push(kind)
    }
  }
  return unnumbered
}

export const isUntold = ({ became, state }: NumberRow): boolean => became !== null && state === 'here'

/** Tell what became of numbers; the same again is harmless. A refusal is kept with its word. Returns why some are left. */
export async function sendNumbers(store: Store, ask: Ask): Promise<string | null> {
  for (const row of (await numberRows(store)).filter(isUntold)) {
    try {
      await tell(ask, row)
      await changeNumber(store, { ...row, state: 'told' })
    } catch (problem) {
      if (problem instanceof NotNow) return problem.waiting
      if (!(problem instanceof Refused)) throw problem
      await changeNumber(store, { ...row, state: 'refused', reason: problem.word })
    }
  }
  return null
}

async function tell(ask: Ask, { id, document, became }: NumberRow): Promise<void> {
  const isUsed = became !== null && 'used_at' in became
  const said = isUsed ? { document, ...became } : became
  await whole((await ask(`/tablet/document-numbers/${id}/${isUsed ? 'use' : 'void'}`, posted(said))).text())
}

function posted(said: unknown): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(said) }
}
