import { openDB } from 'idb'
import { expect, test } from 'vitest'

import { draftOf, moduleOf, photograph, visiting, xmlOf } from './day'

const PLANTED = ['蓝星网吧', '第一小学', '柳槑', '囧烎', '嘂巭', '槑招牌', '巭改名']

/** Every word and every byte of a value, whatever it is made of. */
async function bytesIn(value: unknown): Promise<string> {
  if (typeof value === 'string') return value
  if (value instanceof Blob) return bytesIn(await value.arrayBuffer())
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value)
  if (value === null || typeof value !== 'object' || value instanceof CryptoKey) return String(value)
  return (await Promise.all(Object.entries(value).flat().map(bytesIn))).join('\n')
}

async function dumped(database: string): Promise<string> {
  const store = await openDB(database)
  const names = [...store.objectStoreNames]
  expect(names).toHaveLength(14)
  const all = await Promise.all(names.map(async (name) => bytesIn([await store.getAllKeys(name), await store.getAll(name)])))
  store.close()
  return all.join('\n')
}

const foundIn = (text: string) => PLANTED.filter((word) => text.includes(word))

test('nothing that was written, and nothing of the register, lies in the clear: not before it was sent, nor after', async () => {
  const { tablet, server, desk, module, database } = await visiting()
  server.cut = (path) => (path.startsWith('/tablet/') ? 'before' : 'none')
  await desk.save({ place: { described: '柳槑门口' } as never })
  await desk.saveDraft(draftOf(module, '囧烎', { hidden: '囧烎' }))
  await photograph(desk, 'front.jpg', new Blob(['嘂巭']))
  await tablet.propose({ kind: 'venue', id: 1, version: 1 }, { name: '槑招牌' }, '巭改名')
  expect(foundIn(await bytesIn([await desk.draft(module.instanceID), await desk.attachment(module.instanceID, 'front.jpg')]))).toEqual(['囧烎', '嘂巭'])
  expect(foundIn(await dumped(database))).toEqual([])

  await desk.sign(module.instanceID, xmlOf(module.instanceID, '囧烎'))
  expect(foundIn(await dumped(database))).toEqual([])

  server.cut = () => 'none'
  await tablet.send()
  expect((await tablet.outbox()).map(({ state }) => state)).toEqual(['removable', 'removable'])
  expect(foundIn(await dumped(database))).toEqual([])
  expect(moduleOf(desk).state).toBe('signed')
})
