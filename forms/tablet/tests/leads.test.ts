import { expect, test } from 'vitest'

import { holdsNumber, LARGEST_PICTURE } from '../src/outbox/leads'
import { openStore } from '../src/store/schema'
import type { Tablet } from '../src/tablet'
import type { NewLead } from '../src/trade'
import { canonical, fromBase64, sha256, text, utf8 } from '../src/vault/bytes'
import { isSigned } from '../src/vault/device'
import { FINGER, picture, prepared, silently } from './day'
import type { FakeServer, Kept } from './server'

const PHOTO = picture(40_000)
const SAID: NewLead = {
  kind: 'internet_cafe', seenAt: '2026-11-20T10:00:00.000+08:00', text: '门口没有人查验证件',
  here: { position: [121.47, 31.23], accuracyM: 8 },
  pictures: [{ content: PHOTO, minorPossible: true, clearAreas: [{ x: 0, y: 0, width: 1, height: 0.5 }] }],
}
const states = async (tablet: Tablet) => (await tablet.outbox()).map(({ what, state }) => [typeof what === 'string' ? '' : what.file, state])

function theOnly({ kept }: FakeServer): [string, Kept] {
  const [first] = [...kept]
  if (first === undefined || kept.size > 1) throw new Error(`the server keeps ${kept.size}`)
  return first
}

/** A lead that was noted without a network. */
async function noted(lead: NewLead = SAID) {
  const day = await prepared()
  day.server.cut = () => 'before'
  await day.tablet.noteLead(lead)
  await day.tablet.send()
  day.server.asked.length = 0
  day.server.cut = () => 'none'
  return day
}

test.each([
  ['the number of a person', { text: '学生 110105 19491231 002X' }, 'personal_number_found'],
  ['too long a text', { text: '字'.repeat(501) }, 'text_too_long'],
  ['too large a picture', { pictures: [{ content: picture(LARGEST_PICTURE + 1), minorPossible: true, clearAreas: [] }] }, 'picture_too_large'],
])('a lead with %s is refused and nothing is kept', async (_, wrong, word) => {
  const { tablet } = await prepared()

  await expect(tablet.noteLead({ ...SAID, ...wrong })).rejects.toMatchObject({ word })
  expect(await tablet.outbox()).toEqual([])
})

test('a full disk refuses it', async () => {
  const { tablet, surroundings } = await prepared()
  surroundings.disk.share = 0.96

  await expect(tablet.noteLead(SAID)).rejects.toMatchObject({ word: 'storage_full' })
})

test('a locked tablet notes nothing', async () => {
  const { tablet } = await prepared()
  tablet.close()

  await expect(tablet.noteLead(SAID)).rejects.toMatchObject({ word: 'locked' })
})

test.each([['11010519491231002X', true], ['1101 0519 4912 3100 2x', true], ['138-1234-5678', true], ['１３８１２３４５６７８', true],
  ['沪网文〔2019〕0001号', false], ['银滩大道 1208 号 3 楼', false], ['2026112010001', false]])('%s: is it the number of a person?', (said, is) => {
  expect(holdsNumber(`x ${said} y`)).toBe(is)
})

test('without a network a lead waits, is no visit, and nothing of it lies open on the disk', async () => {
  const { tablet, database } = await noted()

  expect(await states(tablet)).toEqual([['', 'here'], ['1.jpg', 'here']])
  expect(await tablet.visits()).toEqual([])
  const store = await openStore(database)
  const rows = JSON.stringify([await store.getAll('visits'), await store.getAll('modules'), await store.getAll('attachments'), await store.getAll('items')])
  expect(rows).not.toMatch(/internet_cafe|查验|121\.47/)
  const sealed = await Promise.all([...(await store.getAll('modules')), ...(await store.getAll('attachments'))].map((one) => one.sealed.text()))
  expect(sealed.every((one) => one.startsWith('HMS1'))).toBe(true)
  store.close()
})

test('with a network it goes once, record first, and leaves the tablet when its hashes came back', async () => {
  const { tablet, server, database } = await noted()

  const outcome = await tablet.send()

  const [instanceID, kept] = theOnly(server)
  const id = instanceID.slice('lead:'.length)
  expect(outcome).toEqual({ sent: 2, left: 0, waiting: null })
  expect(server.asked).toEqual(['POST /tablet/leads', `POST /tablet/leads/${id}/pictures/1.jpg`, `GET /tablet/leads/${id}`])
  expect(await states(tablet)).toEqual([['', 'removable'], ['1.jpg', 'removable']])
  expect(JSON.parse(text(kept.xml))).toEqual({
    id, kind: 'internet_cafe', seen_at: SAID.seenAt, text: SAID.text,
    position: { lon: 121.47, lat: 31.23, accuracy_m: 8, crs: 'wgs84' },
    pictures: [{ name: '1.jpg', size: PHOTO.size, sha256: await sha256(PHOTO), minor_possible: true, clear_areas: [[0, 0, 1, 0.5]] }],
  })
  const store = await openStore(database)
  expect([await store.count('modules'), await store.count('attachments')]).toEqual([0, 0])
  store.close()
})

test('it is signed by this tablet like everything else', async () => {
  const { tablet, server } = await noted()
  await tablet.send()

  const [instanceID, kept] = theOnly(server)
  const { signature, ...said } = JSON.parse(kept.signature ?? '{}') as Record<string, unknown>
  const spki = fromBase64(server.keys[0] ?? '')
  expect(await isSigned(spki, fromBase64(String(signature)), utf8(`humiao-envelope-v1\n${canonical(said)}`))).toBe(true)
  expect(said).toEqual({
    instance_id: instanceID, xml_sha256: await sha256(kept.xml), files: [{ name: '1.jpg', size: PHOTO.size, sha256: await sha256(PHOTO) }],
  })
})

test.each(['before', 'during', 'after'] as const)('a line that is cut %s the answer costs only another try', async (cut) => {
  const { tablet, server } = await noted()
  let cuts = 3
  server.cut = () => (cuts-- > 0 ? cut : 'none')

  await tablet.send()

  expect(await states(tablet)).toEqual([['', 'removable'], ['1.jpg', 'removable']])
  expect(server.kept.size).toBe(1)
})

test('after a kill it is sent by its officer, and by nobody else', async () => {
  const { tablet, server, started, officer } = await noted()
  tablet.close()
  const again = started()
  await again.addOfficer('li', 'right', FINGER)
  const byAnother = await again.send()
  again.close()
  await again.unlock(officer.id, FINGER)
  await again.send()

  expect(byAnother.waiting).toBe('locked')
  expect(server.kept.size).toBe(1)
  expect(await states(again)).toEqual([['', 'removable'], ['1.jpg', 'removable']])
})

test('it is in the rescue file, under the visit\'s kind of key', async () => {
  const { tablet } = await noted()
  tablet.close()

  const [head = ''] = (await (await tablet.rescueFile()).text()).split('\n')
  const manifest = JSON.parse(text(fromBase64((JSON.parse(head) as { manifest: string }).manifest))) as {
    sections: { kind: string; name: string; instance_id: string }[]; visits: unknown[]
  }
  expect(manifest.sections.map(({ kind, name }) => [kind, name])).toEqual([['lead', ''], ['attachment', '1.jpg']])
  expect(manifest.sections.every(({ instance_id: id }) => id.startsWith('lead:'))).toBe(true)
  expect(manifest.visits).toHaveLength(1)
})

test('the next package forgets what the server has', async () => {
  const { tablet } = await noted()
  await tablet.send()

  await tablet.prepare(silently)

  expect(await tablet.outbox()).toEqual([])
})
