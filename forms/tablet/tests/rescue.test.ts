import { expect, test } from 'vitest'

import { fromBase64, joined, sha256, text, utf8, type Bytes } from '../src/vault/bytes'
import { isSigned } from '../src/vault/device'
import { openBlob, sealingKey } from '../src/vault/hms1'
import { forVisit, unwrap } from '../src/vault/wraps'
import { draftOf, FINGER, moduleOf, photograph, picture, silently, visiting, xmlOf } from './day'
import type { FakeServer } from './server'

interface Manifest {
  format: number; device_id: number; key_id: string
  visits: { visit: string; key_id: string; wrapped: string }[]
  sections: { visit: number; kind: string; instance_id: string; name: string; bytes: number; sha256: string; content_sha256: string }[]
}

/** A rescue file read as the server does, with its own key. */
async function read(file: Blob, server: FakeServer) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const end = bytes.indexOf(10)
  const head = JSON.parse(text(bytes.slice(0, end))) as { manifest: string; signature: string }
  const signed = await isSigned(
    fromBase64(server.keys[0] ?? ''), fromBase64(head.signature), joined(utf8('humiao-rescue-v1\n'), fromBase64(head.manifest)),
  )
  const manifest = JSON.parse(text(fromBase64(head.manifest))) as Manifest
  const found: [string, string, string][] = []
  let at = end + 1
  for (const one of manifest.sections) {
    const sealed = bytes.slice(at, (at += one.bytes))
    expect(await sha256(sealed)).toBe(one.sha256)
    const content = await opened(manifest, one, sealed, server)
    expect(await sha256(content)).toBe(one.content_sha256)
    found.push([one.kind, one.name, one.content_sha256])
  }
  expect(at).toBe(bytes.length)
  return { signed, manifest, found }
}

async function opened({ visits }: Manifest, one: Manifest['sections'][number], sealed: Bytes, server: FakeServer): Promise<Blob> {
  const { visit = '', wrapped = '' } = visits[one.visit] ?? {}
  const secret = await unwrap(server.rescueKeys.privateKey, fromBase64(wrapped), forVisit(visit))
  return openBlob(await sealingKey(secret), new Blob([sealed]), `tablet:${one.instance_id}:${one.name || 'xml'}`)
}

test('everything that the server lacks is in it, made without any unlock and read with the server\'s key alone', async () => {
  const { tablet, server, desk, module } = await visiting()
  server.cut = () => 'before'
  await photograph(desk, 'front.jpg', picture(100_000))
  await desk.sign(module.instanceID, xmlOf(module.instanceID))
  const open = await tablet.begin({ venueId: 2, taskId: null, activities: ['internet_cafe'] })
  await open.saveDraft(draftOf(moduleOf(open), 'half'))
  tablet.close()

  const { signed, manifest, found } = await read(await tablet.rescueFile(), server)

  expect(signed).toBe(true)
  expect(found.sort()).toEqual([
    ['attachment', 'front.jpg', await sha256(picture(100_000))],
    ['draft', '', await sha256(utf8(xmlOf(moduleOf(open).instanceID, 'half')))],
    ['submission', '', await sha256(utf8(xmlOf(module.instanceID)))],
  ])
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', server.rescueKeys.publicKey))
  expect(manifest).toMatchObject({ format: 1, device_id: 4, key_id: (await sha256(spki)).slice(0, 16) })
  expect(manifest.visits).toHaveLength(2)
})

test('what is verified is no longer in it', async () => {
  const { tablet, server, desk, module } = await visiting()
  await desk.sign(module.instanceID, xmlOf(module.instanceID))
  await tablet.send()

  expect((await read(await tablet.rescueFile(), server)).manifest).toMatchObject({ visits: [], sections: [] })
})

test('work that nobody can open any more goes over the network as it lies, and leaves when the office has opened it', async () => {
  const { tablet, server, desk, module, surroundings, officer } = await visiting()
  const { instanceID } = module
  server.cut = () => 'before'
  await photograph(desk, 'front.jpg', picture(1_500_000))
  await desk.sign(instanceID, xmlOf(instanceID))
  tablet.close()
  surroundings.authenticator.ask = async () => new Uint8Array(32)
  for (let n = 0; n < 5; n++) await expect(tablet.unlock(officer.id, FINGER)).rejects.toThrow()
  let asked = 0
  server.cut = () => (++asked % 2 ? 'after' : 'none')

  await tablet.sendRescue()
  server.cut = () => 'none'
  expect(await tablet.send()).toMatchObject({ left: 2 })

  const sent = [...server.uploads.values()].find(({ content, length }) => content.length === length)
  const { manifest, found } = await read(new Blob([sent?.content ?? new Uint8Array(0)]), server)
  expect((manifest as Manifest & { id: string }).id).toBe(sent?.rescue)
  expect(found.map(([kind]) => kind)).toEqual(['submission', 'attachment'])
  const front = new Uint8Array(await picture(1_500_000).arrayBuffer())
  server.kept.set(instanceID, { xml: utf8(xmlOf(instanceID)), files: new Map([['front.jpg', front]]), signature: null, times: 1 })
  await tablet.send()
  expect((await tablet.outbox()).map(({ state }) => state)).toEqual(['removable', 'removable'])
  await expect(tablet.sendRescue()).rejects.toThrow('nothing_to_rescue')
})

test('after the server\'s key was changed new visits are wrapped to it, and each visit names its own', async () => {
  const { tablet, server, desk, module } = await visiting()
  const newer = await server.newRescueKeys()
  Object.assign(server.rescueKeyNow, { keys: newer, named: newer })
  await desk.saveDraft(draftOf(module, 'before'))

  await tablet.prepare(silently)
  const after = await tablet.begin({ venueId: 2, taskId: null, activities: ['internet_cafe'] })
  await after.saveDraft(draftOf(moduleOf(after), 'after'))

  const head = await (await tablet.rescueFile()).text()
  const { manifest } = JSON.parse(head.slice(0, head.indexOf('\n'))) as { manifest: string }
  const said = JSON.parse(atob(manifest)) as Manifest
  const [older, newest] = [await server.idOf(server.rescueKeys), await server.idOf(newer)]
  const named = new Map(said.visits.map((one) => [one.visit, one.key_id]))
  expect([named.get(desk.visit.visitId), named.get(after.visit.visitId), said.key_id]).toEqual([older, newest, newest])
  const wrapped = said.visits.find((one) => one.visit === after.visit.visitId)?.wrapped ?? ''
  expect(await unwrap(newer.privateKey, fromBase64(wrapped), forVisit(after.visit.visitId))).toHaveLength(32)
})

test.each([
  ['another than the package names', async (server: FakeServer) => ({ named: await server.newRescueKeys() })],
  ['signed as something else', async (server: FakeServer) => {
    const newer = await server.newRescueKeys()
    return { keys: newer, named: newer, domain: 'humiao-wipe-v1\n' }
  }],
])('a rescue key that is %s is not taken, and the package is', async (_, change) => {
  const { tablet, server } = await visiting()
  Object.assign(server.rescueKeyNow, await change(server))
  server.version = 'v2'

  await expect(tablet.prepare(silently)).rejects.toThrow('rescue_key_not_signed')

  const desk = await tablet.begin({ venueId: 2, taskId: null, activities: ['internet_cafe'] })
  await desk.saveDraft(draftOf(moduleOf(desk), 'half'))
  const { manifest } = await read(await tablet.rescueFile(), server)
  expect(manifest.key_id).toBe(await server.idOf(server.rescueKeys))
})
