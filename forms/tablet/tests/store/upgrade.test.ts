import 'fake-indexeddb/auto'

import { openDB } from 'idb'
import { expect, test } from 'vitest'

import { openStore } from '../../src/store/schema'

const BEFORE = ['attachments', 'clock', 'device', 'forms', 'items', 'modules', 'officers', 'package', 'proposals', 'sections', 'visits']

test('a tablet of the first version keeps what it has and gets room for documents', async () => {
  const old = await openDB('first', 1, {
    upgrade: (store) => BEFORE.forEach((one) => store.createObjectStore(one, one === 'visits' ? { keyPath: 'visitId' } : {})),
  })
  await old.put('visits', { visitId: 'v1', officerId: 1, open: 1 })
  old.close()

  const store = await openStore('first')

  expect(await store.get('visits', 'v1')).toMatchObject({ officerId: 1, open: 1 })
  expect([...store.objectStoreNames].filter((one) => !BEFORE.includes(one))).toEqual(['filled', 'numbers', 'papers'])
  await store.put('papers', { id: 'p1', visitId: 'v1', open: true, sealed: new Blob() })
  expect(await store.getAllFromIndex('papers', 'visitId', 'v1')).toHaveLength(1)
})
