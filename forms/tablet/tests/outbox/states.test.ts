import fc from 'fast-check'
import { expect, test } from 'vitest'

import { heldAgainst, inOrder, pauseAfter, type HeldByServer } from '../../src/outbox/states'
import type { ItemRow } from '../../src/store/schema'

const HASHES = ['a', 'b', 'c']
const states = fc.constantFrom<ItemRow['state']>('here', 'uploaded', 'verified', 'refused')

const items = fc.uniqueArray(fc.record({ name: fc.constantFrom('', 'front.jpg', 'room.jpg'), sha256: fc.constantFrom(...HASHES), state: states, bytes: fc.nat(9) }), {
  selector: ({ name }) => name, minLength: 1,
}).map((all): ItemRow[] => all.map((one) =>
  ({ ...one, instanceID: 'uuid:1', visitId: 'v', reason: null, tries: 0, notBefore: 0, upload: null, changedAt: '2026' })))

const held: fc.Arbitrary<HeldByServer | null> = fc.option(fc.record({
  instance_id: fc.constant('uuid:1'),
  xml_sha256: fc.constantFrom(...HASHES),
  files: fc.uniqueArray(fc.record({ name: fc.constantFrom('front.jpg', 'room.jpg'), size: fc.nat(), sha256: fc.constantFrom(...HASHES) }), {
    selector: ({ name }) => name,
  }),
}))

function hashAtServer(said: HeldByServer | null, name: string): string | undefined {
  return name === '' ? said?.xml_sha256 : said?.files.find((file) => file.name === name)?.sha256
}

test('nothing may be removed unless the server named the hash of every item of the module', () => {
  fc.assert(fc.property(items, held, (all, said) => {
    const after = heldAgainst(all, said)
    const isWhole = all.every((item) => hashAtServer(said, item.name) === item.sha256)

    for (const item of after) if (item.state === 'removable') expect(isWhole).toBe(true)
    if (isWhole && all.every(({ state }) => state === 'uploaded')) expect(after.every(({ state }) => state === 'removable')).toBe(true)
  }))
})

test('an item that was not sent, or was refused, stays as it is whatever the server holds', () => {
  fc.assert(fc.property(items, held, (all, said) => {
    const untouched = all.filter(({ state }) => state === 'here' || state === 'refused')

    expect(heldAgainst(all, said)).toEqual(expect.arrayContaining(untouched))
  }))
})

test('what the server does not hold is sent again, and another content than ours is refused', () => {
  fc.assert(fc.property(items, held, (all, said) => {
    const sent = all.map((item) => ({ ...item, state: 'uploaded' as const }))
    for (const item of heldAgainst(sent, said)) {
      const hash = hashAtServer(said, item.name)
      if (hash === undefined) expect(item.state).toBe('here')
      else if (hash !== item.sha256) expect([item.state, item.reason]).toEqual(['refused', 'hash_differs'])
    }
  }))
})

test('records go before files, and small files before large ones', () => {
  fc.assert(fc.property(items, (all) => {
    const order = inOrder(all).map(({ name, bytes }) => (name === '' ? -1 : bytes))

    expect(order).toEqual([...order].sort((a, b) => a - b))
  }))
})

test('pauses double from five seconds to a quarter of an hour', () => {
  expect([0, 1, 2, 7, 8, 1000].map(pauseAfter)).toEqual([5_000, 10_000, 20_000, 640_000, 900_000, 900_000])
})
