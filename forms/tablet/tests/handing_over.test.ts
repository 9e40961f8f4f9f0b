import { expect, test } from 'vitest'

import type { Document } from '../src/documents/blocks'
import type { Tablet, VisitDesk } from '../src/tablet'
import { canonical, fromBase64, joined, sha256, text, utf8 } from '../src/vault/bytes'
import { isSigned } from '../src/vault/device'
import { openText, sealingKey } from '../src/vault/hms1'
import { forVisit, unwrap } from '../src/vault/wraps'
import { FINGER, silently, visiting } from './day'
import type { FakeServer } from './server'

const DOCUMENT: Document = {
  kind: 'inspection_record', number: null, title: '现场检查笔录', on: '2026-11-20', officers: [], blocks: [{ no: 1, kind: 'paragraph', text: 'SECRET-FINDING' }],
}
const IMAGES = { 'person.png': 'data:image/png;base64,AAAA' }

async function made(tablet: Tablet, desk: VisitDesk) {
  const [number] = tablet.register().numbers('inspection_record')
  return desk.makePaper({ document: DOCUMENT, images: IMAGES, numberId: number?.id ?? null })
}

async function handedOver() {
  const day = await visiting()
  const paper = await made(day.tablet, day.desk)
  await day.desk.settlePaper(paper.id, { how: 'paper' })
  return { ...day, paper }
}

const states = async (tablet: Tablet) => (await tablet.outbox()).map(({ what, state }) => [what, state])
function signedBy(server: FakeServer, { document, visit, number, how, handed_at, sha256: hash, signature = '' }: Record<string, string>) {
  const said = canonical({ document, visit, number, how, handed_at, sha256: hash })
  return isSigned(fromBase64(server.keys[0] ?? ''), fromBase64(signature), joined(utf8('humiao-document-v1\n'), utf8(said)))
}

test('a document goes whole and signed, with the hash that the tablet shows, and is verified by it', async () => {
  const { tablet, desk, server, paper } = await handedOver()
  expect(await states(tablet)).toEqual([['document', 'here']])

  await tablet.send()

  const said = server.documents.get(paper.id) ?? {}
  expect(said).toMatchObject({ document: paper.id, visit: desk.visit.visitId, number: paper.number?.id, how: 'paper', sha256: paper.sha256 })
  expect(said.content).toBe(canonical({ document: DOCUMENT, images: IMAGES }))
  expect(await sha256(utf8(said.content ?? ''))).toBe(paper.sha256)
  expect(await signedBy(server, said)).toBe(true)
  expect(await states(tablet)).toEqual([['document', 'removable']])
})

test('however the line breaks it is there once, and stays here until the server said its hash', async () => {
  const { tablet, server, paper } = await handedOver()
  for (const cut of ['before', 'during', 'after'] as const) {
    server.cut = (path) => (path.startsWith('/tablet/documents') ? cut : 'none')
    await tablet.send()
    expect(await states(tablet)).not.toContainEqual(['document', 'removable'])
  }
  server.cut = () => 'none'
  await tablet.send()

  expect([...server.documents.keys()]).toEqual([paper.id])
  expect(await states(tablet)).toEqual([['document', 'removable']])
})

test('one that the server holds otherwise is refused and stays', async () => {
  const { tablet, desk, server, paper } = await handedOver()
  server.cut = (path) => (path.startsWith('/tablet/documents/') ? 'before' : 'none')
  await tablet.send()
  const said = server.documents.get(paper.id) ?? {}
  server.documents.set(paper.id, { ...said, content: 'another' })
  server.cut = () => 'none'

  await tablet.send()

  expect(await states(tablet)).toEqual([['document', 'refused']])
  expect((await desk.papers()).map(({ document }) => document)).toEqual([DOCUMENT])
})

test('what is spoilt is not sent, and neither is what nobody handed over yet', async () => {
  const { tablet, desk, server, clock } = await visiting()
  await desk.settlePaper((await made(tablet, desk)).id, { because: 'wrong' })
  clock.at += 1000
  await made(tablet, desk)

  await tablet.send()

  expect([server.documents.size, await tablet.outbox()]).toEqual([0, []])
})

test('a rescue file brings it with its number, read with the server’s key alone', async () => {
  const { tablet, desk, server, paper } = await handedOver()
  tablet.close()

  const bytes = new Uint8Array(await (await tablet.rescueFile()).arrayBuffer())

  const end = bytes.indexOf(10)
  const head = JSON.parse(text(bytes.slice(0, end))) as { manifest: string }
  const { visits, sections } = JSON.parse(text(fromBase64(head.manifest))) as { visits: { wrapped: string }[]; sections: unknown[] }
  expect(sections).toMatchObject([{
    visit: 0, kind: 'document', instance_id: paper.id, number: paper.number?.id, how: 'paper', handed_at: '2026-11-20T00:20:00.000Z', content_sha256: paper.sha256,
  }])
  const secret = await unwrap(server.rescueKeys.privateKey, fromBase64(visits[0]?.wrapped ?? ''), forVisit(desk.visit.visitId))
  const opened = await openText(await sealingKey(secret), new Blob([bytes.slice(end + 1)]), `tablet:${paper.id}:document`)
  expect(opened).toBe(canonical({ document: DOCUMENT, images: IMAGES }))
})

test('once it is verified no rescue file brings it, and it can still be looked at until its visit leaves', async () => {
  const { tablet, desk, started, officer } = await handedOver()
  await tablet.send()
  const again = started()
  await again.unlock(officer.id, FINGER)

  const head = await (await again.rescueFile()).text()

  expect((JSON.parse(atob((JSON.parse(head) as { manifest: string }).manifest)) as { sections: unknown[] }).sections).toEqual([])
  expect((await (await again.desk(desk.visit.visitId)).papers())[0]?.document).toEqual(DOCUMENT)
})

test('a visit stays as long as one of its documents is not verified', async () => {
  const { tablet, desk, module, server, clock } = await handedOver()
  await desk.sign(module.instanceID, `<data><meta><instanceID>${module.instanceID}</instanceID></meta></data>`)
  server.cut = (path) => (path.startsWith('/tablet/documents') ? 'before' : 'none')
  await tablet.send()
  clock.at += 1000
  await tablet.prepare(silently)
  expect(await tablet.visits()).toHaveLength(1)

  server.cut = () => 'none'
  await tablet.send()
  clock.at += 1000
  await tablet.prepare(silently)

  expect(await tablet.visits()).toEqual([])
})
