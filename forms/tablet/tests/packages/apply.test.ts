import fc from 'fast-check'
import { expect, test } from 'vitest'

import { merged, type Rows } from '../../src/packages/apply'

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 8 })
const rowsOf = (all: number[], name: string): Rows => ({ rows: { id: all, name: all.map((id) => `${name} ${id}`) } })

const asMap = ({ rows }: Rows) => new Map(rows.id.map((id, at) => [id, rows.name?.[at]]))

test('what came replaces what was held, what is gone is gone, and all else stays', () => {
  fc.assert(fc.property(ids, ids, ids, (before, came, gone) => {
    const expected = asMap(rowsOf(before, 'held'))
    for (const [id, name] of asMap(rowsOf(came, 'came'))) expected.set(id, name)
    for (const id of gone) expected.delete(id)

    const after = merged(rowsOf(before, 'held'), { ...rowsOf(came, 'came'), gone })

    expect(asMap(after)).toEqual(expected)
    expect(after.rows.id).toEqual([...after.rows.id].sort((a, b) => a - b))
  }))
})
