import { expect, test } from 'vitest'

import type { Document, DocumentKind } from '../src/documents/blocks'
import type { Tablet, VisitDesk } from '../src/tablet'
import { enrolled, FINGER, moduleOf, prepared, silently, visiting, xmlOf } from './day'
import type { Cut } from './server'

const documentOf = (kind: DocumentKind, number: string | null): Document =>
  ({ kind, number, title: '笔录', on: '2026-11-20', officers: [], blocks: [{ no: 1, kind: 'paragraph', text: 'SECRET-FINDING' }] })

async function made(tablet: Tablet, desk: VisitDesk, kind: DocumentKind = 'inspection_record') {
  const [number] = tablet.register().numbers(kind)
  return desk.makePaper({ document: documentOf(kind, number?.text ?? null), images: {}, numberId: number?.id ?? null })
}

const numbersLine = async (tablet: Tablet) => (await tablet.readiness()).items.find(({ what }) => what === 'numbers')
const reserved = (asked: string[]) => asked.filter((one) => one === 'POST /tablet/number-blocks').length
const offered = (tablet: Tablet) => tablet.register().numbers('inspection_record').map(({ id }) => id)

test('preparing takes twenty numbers of each kind along, and no more while enough are left', async () => {
  const { tablet, server } = await prepared()

  expect(offered(tablet)).toHaveLength(20)
  expect(await numbersLine(tablet)).toMatchObject({ count: 60, problem: null })
  await tablet.prepare(silently)
  expect(reserved(server.asked)).toBe(3)
})

test('when fewer than five of a kind are left, the next package brings twenty more of it', async () => {
  const { tablet, desk, server, clock } = await visiting()
  for (let n = 0; n < 16; n++) await made(tablet, desk)
  clock.at += 1000

  await tablet.prepare(silently)

  expect(offered(tablet)).toHaveLength(24)
  expect(reserved(server.asked)).toBe(4)
})

test('a kind that the office does not number is skipped, and readiness says whom to ask, also after a kill', async () => {
  const { tablet, server, started, officer } = await enrolled()
  server.numbered = ['inspection_record']

  const ready = await tablet.prepare(silently)
  const again = started()
  await again.unlock(officer.id, FINGER)

  expect(ready.ready).toBe(true)
  expect(await numbersLine(again)).toMatchObject({ count: 20, problem: 'numbers_unnumbered' })
})

test('numbers of yesterday are offered to nobody', async () => {
  const { tablet, clock } = await prepared()
  clock.at += 16 * 3_600_000

  expect(offered(tablet)).toEqual([])
  expect(await numbersLine(tablet)).toMatchObject({ count: 0, problem: 'numbers_missing' })
})

test('a number that a document bears is offered no more, also after a kill and with the next package', async () => {
  const { tablet, desk, started, officer, clock } = await visiting()
  const paper = await made(tablet, desk)
  expect(offered(tablet)).not.toContain(paper.number?.id)

  const again = started()
  await again.unlock(officer.id, FINGER)
  expect(offered(again)).not.toContain(paper.number?.id)
  clock.at += 1000
  await again.prepare(silently)

  expect(offered(again)).not.toContain(paper.number?.id)
  await expect((await again.desk(desk.visit.visitId)).makePaper({ document: paper.document, images: {}, numberId: paper.number?.id ?? null }))
    .rejects.toThrow('number_taken')
})

test('of a document that is handed over the office hears once, however the line breaks', async () => {
  const { tablet, desk, server, clock } = await visiting()
  const paper = await made(tablet, desk)
  await tablet.send()
  expect(server.told.size).toBe(0)
  const lines = (cut: Cut) => (path: string) => (path.startsWith('/tablet/documents') ? 'none' : cut)
  server.cut = lines('before')
  await desk.settlePaper(paper.id, { how: 'paper' })
  expect(await tablet.send()).toMatchObject({ left: 1, waiting: 'offline' })

  server.cut = lines('after')
  await tablet.send()
  server.cut = () => 'none'
  expect(await tablet.send()).toMatchObject({ left: 0, waiting: null })
  await tablet.send()

  expect([...server.told]).toEqual([[`use ${paper.number?.id}`, { document: paper.id, used_at: '2026-11-20T00:20:00.000Z' }]])
  expect(server.asked.filter((one) => one.includes('/document-numbers/'))).toHaveLength(2)
  clock.at += 1000
  await tablet.prepare(silently)
  expect(offered(tablet)).not.toContain(paper.number?.id)
})

test('a document that is spoilt makes its number void, and another is made', async () => {
  const { tablet, desk, server, clock } = await visiting()
  const paper = await made(tablet, desk)

  await desk.settlePaper(paper.id, { because: 'wrong' })
  clock.at += 1000
  const next = await made(tablet, desk)
  await tablet.send()

  expect([...server.told]).toEqual([[`void ${paper.number?.id}`, { because: 'wrong' }]])
  expect(next.number?.id).not.toBe(paper.number?.id)
  expect((await desk.papers()).map(({ became }) => became)).toMatchObject([{ because: 'wrong' }, null])
})

test('a refusal is kept with its word, and the rest is told all the same', async () => {
  const { tablet, desk, server, clock } = await visiting()
  const one = await made(tablet, desk)
  clock.at += 1000
  const two = await made(tablet, desk)
  for (const { id } of [one, two]) await desk.settlePaper(id, { how: 'screen' })
  server.refuse = { path: `/document-numbers/${one.number?.id}/`, status: 409, word: 'document_number_taken' }

  await tablet.send()

  expect((await desk.papers()).map(({ number }) => [number?.state, number?.reason])).toEqual([['refused', 'document_number_taken'], ['told', null]])
})

test('what a document became is said once', async () => {
  const { tablet, desk } = await visiting()
  const paper = await made(tablet, desk)
  await desk.settlePaper(paper.id, { how: 'paper' })

  await expect(desk.settlePaper(paper.id, { because: 'spoilt' })).rejects.toThrow('paper_settled')
  expect((await desk.papers())[0]).toMatchObject({ document: paper.document, became: { how: 'paper' } })
})

test('without a number a document is made all the same, and nothing is told', async () => {
  const { tablet, desk, server } = await visiting()
  const paper = await desk.makePaper({ document: documentOf('inspection_record', null), images: {}, numberId: null })
  await desk.settlePaper(paper.id, { how: 'paper' })

  await tablet.send()

  expect([paper.number, server.told.size]).toEqual([null, 0])
})

test('a document stays until it is decided on, and then leaves with its visit', async () => {
  const { tablet, desk, clock } = await visiting()
  const { instanceID } = moduleOf(desk)
  const paper = await made(tablet, desk)
  await desk.sign(instanceID, xmlOf(instanceID))
  await tablet.send()
  expect(await desk.filled(instanceID)).toMatchObject({ xml: xmlOf(instanceID) })
  clock.at += 1000
  await tablet.prepare(silently)
  expect(await tablet.visits()).toHaveLength(1)

  await desk.settlePaper(paper.id, { how: 'left' })
  await tablet.send()
  clock.at += 1000
  await tablet.prepare(silently)

  expect(await tablet.visits()).toEqual([])
  expect([await desk.papers(), await desk.filled(instanceID)]).toEqual([[], null])
})

test('nothing of a document lies in the clear on the disk', async () => {
  const { tablet, desk } = await visiting()
  await made(tablet, desk)
  const { openDB } = await import('idb')

  const names = (await indexedDB.databases()).map(({ name = '' }) => name)
  const rows = (await Promise.all(names.map(async (name) => {
    const store = await openDB(name)
    const kept = store.objectStoreNames.contains('papers') ? ((await store.getAll('papers')) as { sealed: Blob }[]) : []
    store.close()
    return kept
  }))).flat()

  expect(rows.length).toBeGreaterThan(0)
  for (const { sealed } of rows) expect(await sealed.text()).not.toContain('SECRET')
})
