import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Tablet } from '../src/tablet'
import { canonical, fromBase64, sha256, utf8 } from '../src/vault/bytes'
import { isSigned } from '../src/vault/device'
import { FINGER, moduleOf, morning, photograph, picture, silently, visiting, xmlOf } from './day'
import type { Cut, FakeServer } from './server'

const SMALL = picture(2_000)
const LARGE = picture(2.5 * 2 ** 20)

/** A signed module with two pictures, one of them large; nothing was sent yet. */
async function signed() {
  const day = await visiting()
  const { server, desk, module } = day
  server.cut = () => 'before'
  await photograph(desk, 'front.jpg', SMALL)
  await photograph(desk, 'room.jpg', LARGE)
  await desk.sign(module.instanceID, xmlOf(module.instanceID))
  await day.tablet.send()
  server.cut = () => 'none'
  server.asked.length = 0
  day.clock.pauses.length = 0
  return day
}

const states = async (tablet: Tablet) => Object.fromEntries((await tablet.outbox()).map(({ what, state }) => [typeof what === 'string' ? '' : what.file, state]))

async function isWhole(server: FakeServer, instanceID: string): Promise<boolean> {
  const kept = server.kept.get(instanceID)
  const hashes = await Promise.all([...(kept?.files ?? [])].map(async ([name, content]) => [name, await sha256(content)]))
  const wanted = [['front.jpg', await sha256(SMALL)], ['room.jpg', await sha256(LARGE)]]
  return server.kept.size === 1 && JSON.stringify(hashes.sort()) === JSON.stringify(wanted)
}

test('the record goes first, small files after it, large ones by resumable upload, and then the server is asked', async () => {
  const { tablet, server, module, desk } = await signed()

  const outcome = await tablet.send()

  const upload = [...server.uploads.keys()].at(0) ?? ''
  const where = `/tablet/uploads/${upload}`
  expect(outcome).toEqual({ sent: 3, left: 0, waiting: null })
  expect(server.asked).toEqual([
    'POST /tablet/submission', 'POST /tablet/submission', 'POST /tablet/uploads', `PATCH ${where}`, `PATCH ${where}`, `PATCH ${where}`,
    `GET /tablet/submissions/${encodeURIComponent(module.instanceID)}`,
  ])
  expect(await isWhole(server, module.instanceID)).toBe(true)
  expect(await states(tablet)).toEqual({ '': 'removable', 'front.jpg': 'removable', 'room.jpg': 'removable' })
  expect(await desk.draft(module.instanceID)).toBeNull()
  expect(await desk.attachments(module.instanceID)).toEqual([])
})

test('the envelope is signed by this tablet with the hashes of all its files', async () => {
  const { tablet, server, module } = await signed()
  await tablet.send()

  const { signature, ...said } = JSON.parse(server.kept.get(module.instanceID)?.signature ?? '{}') as Record<string, unknown>
  const spki = fromBase64(server.keys[0] ?? '')
  expect(await isSigned(spki, fromBase64(String(signature)), utf8(`humiao-envelope-v1\n${canonical(said)}`))).toBe(true)
  expect(said).toEqual({
    instance_id: module.instanceID,
    xml_sha256: await sha256(utf8(xmlOf(module.instanceID))),
    files: [{ name: 'front.jpg', size: SMALL.size, sha256: await sha256(SMALL) }, { name: 'room.jpg', size: LARGE.size, sha256: await sha256(LARGE) }],
  })
})

test('a server that knows no signatures is sent none', async () => {
  const { tablet, server } = await morning()
  server.withRescueKey = false
  await tablet.enrol('ABCD', '平板4')
  await tablet.addOfficer('zhang', 'right', FINGER)
  await tablet.prepare(silently)
  const desk = await tablet.begin({ venueId: 1, taskId: null, activities: ['internet_cafe'] })
  const { instanceID } = moduleOf(desk)
  await desk.sign(instanceID, xmlOf(instanceID))

  await tablet.send()

  expect(server.kept.get(instanceID)?.signature).toBeNull()
  await expect(tablet.rescueFile()).rejects.toThrow('no_rescue_key')
})

describe('why the button is grey', () => {
  test('there is no network: tried again at once, after pauses that grow, then left for later', async () => {
    const { tablet, server, clock } = await signed()
    server.cut = () => 'before'

    expect(await tablet.send()).toEqual({ sent: 0, left: 3, waiting: 'offline' })
    expect(clock.pauses).toEqual([800, 1600, 3200])
  })

  test('nobody is signed in whose work waits', async () => {
    const { tablet } = await signed()
    tablet.close()

    expect(await tablet.send()).toEqual({ sent: 0, left: 3, waiting: 'locked' })
  })

  test.each([[401, 'sign_in_needed', 'signed_out'], [503, 'busy', 'server_busy'], [429, 'too_many_uploads', 'server_busy']])(
    'the server says %i', async (status, word, waiting) => {
      const { tablet, server } = await signed()
      server.refuse = { path: '/tablet/', status, word }

      expect(await tablet.send()).toEqual({ sent: 0, left: 3, waiting })
      expect(Object.values(await states(tablet))).toEqual(['here', 'here', 'here'])
    },
  )
})

test('a record at which the server fails holds up no other', async () => {
  const { tablet, server, module } = await signed()
  const other = await tablet.begin({ venueId: 2, taskId: null, activities: ['internet_cafe'] })
  const second = moduleOf(other)
  await other.sign(second.instanceID, xmlOf(second.instanceID))
  server.failsAt = module.instanceID

  expect((await tablet.send()).waiting).toBe('server_failed')
  expect([...server.kept.keys()]).toEqual([second.instanceID])
})

test('what was refused is kept with the server\'s word, and its files wait for nothing', async () => {
  const { tablet, server, desk, module } = await signed()
  server.kept.set(module.instanceID, { xml: utf8('<other/>'), files: new Map(), signature: null, times: 1 })

  expect(await tablet.send()).toEqual({ sent: 1, left: 2, waiting: 'refused' })

  const [record] = await tablet.outbox()
  expect(record).toMatchObject({ what: 'record', state: 'refused', reason: 'submission_changed' })
  expect((await desk.draft(module.instanceID))?.xml).toBe(xmlOf(module.instanceID))
})

test('nothing leaves the tablet while the server\'s hash is another', async () => {
  const { tablet, server, desk, module } = await signed()
  server.cut = (path) => {
    const kept = server.kept.get(module.instanceID)
    if (path.includes('/submissions/')) kept?.files.set('front.jpg', utf8('spoilt'))
    return 'none'
  }

  await tablet.send()

  expect(await states(tablet)).toEqual({ '': 'verified', 'front.jpg': 'refused', 'room.jpg': 'verified' })
  expect(await desk.attachments(module.instanceID)).toHaveLength(2)
})

test('what the server has lost since is sent again', async () => {
  const { tablet, server, module } = await signed()
  server.cut = (path) => (path.includes('/submissions/') ? 'before' : 'none')
  await tablet.send()
  expect(await states(tablet)).toEqual({ '': 'uploaded', 'front.jpg': 'uploaded', 'room.jpg': 'uploaded' })
  server.kept.clear()
  server.uploads.clear()
  server.cut = () => 'none'

  await tablet.send()
  await tablet.send()

  expect(await isWhole(server, module.instanceID)).toBe(true)
  expect(new Set(Object.values(await states(tablet)))).toEqual(new Set(['removable']))
})

test('an upload goes on where it stood, after a kill too', async () => {
  const { tablet, server, started, officer, module } = await signed()
  let pieces = 0
  server.cut = (path) => (path.includes('/uploads/') && ++pieces > 1 ? 'before' : 'none')
  await tablet.send()
  const [upload] = [...server.uploads.values()]
  expect(upload?.content.length).toBe(2 ** 20)

  server.cut = () => 'none'
  const again = started()
  await again.unlock(officer.id, FINGER)
  await again.send()

  expect(server.uploads.size).toBe(1)
  expect(await isWhole(server, module.instanceID)).toBe(true)
})

test('the next package takes finished visits off the list, and none of which a module is still open', async () => {
  const { tablet, clock } = await signed()
  const begun = await tablet.begin({ venueId: 2, taskId: null, activities: ['internet_cafe', 'internet_cafe'] })
  const { instanceID } = moduleOf(begun)
  await begun.sign(instanceID, xmlOf(instanceID))
  await tablet.send()
  clock.at += 1000

  await tablet.prepare(silently)

  expect((await tablet.visits()).map(({ visitId }) => visitId)).toEqual([begun.visit.visitId])
  expect((await tablet.outbox()).map((item) => item.instanceID)).toEqual([instanceID])
})

describe('however the line breaks and whenever the app is killed', () => {
  const cuts = fc.array(fc.constantFrom<Cut>('none', 'none', 'before', 'during', 'after'), { minLength: 1, maxLength: 25 })
  const kills = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 })

  test('everything is on the server once and whole, and until then on the tablet', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, kills, async (breaks, killed) => {
        const day = await signed()
        const { server, module, started, officer, desk } = day
        let asked = 0
        server.cut = () => breaks[asked++] ?? 'none'
        let { tablet } = day
        for (const isKilled of killed) {
          await tablet.send()
          if (!(await isWhole(server, module.instanceID))) expect(await desk.draft(module.instanceID)).not.toBeNull()
          if (!isKilled) continue
          tablet = started()
          await tablet.unlock(officer.id, FINGER)
        }
        await tablet.send()

        expect(await isWhole(server, module.instanceID)).toBe(true)
        expect(new Set(Object.values(await states(tablet)))).toEqual(new Set(['removable']))
      }),
      { numRuns: 12 },
    )
  }, 120_000)
})

test('an answer that is not our server\'s changes nothing', async () => {
  const { tablet, server, desk, module } = await signed()
  server.portal = true

  expect(await tablet.send()).toMatchObject({ left: 3, waiting: 'offline' })
  expect((await desk.draft(module.instanceID))?.xml).toBe(xmlOf(module.instanceID))

  server.portal = false
  await tablet.send()
  await tablet.send()
  expect(await isWhole(server, module.instanceID)).toBe(true)
})

test('a module that the server has destroyed on its day holds up no other, and stays here', async () => {
  const { tablet, server, module } = await signed()
  const other = await tablet.begin({ venueId: 2, taskId: null, activities: ['internet_cafe'] })
  await other.sign(moduleOf(other).instanceID, xmlOf(moduleOf(other).instanceID))
  server.refuse = { path: `/tablet/submissions/${encodeURIComponent(module.instanceID)}`, status: 410, word: 'content_destroyed' }

  await tablet.send()

  const left = (await tablet.outbox()).map(({ instanceID, state, reason }) => [instanceID === module.instanceID, state, reason])
  expect(left.sort()).toEqual([
    [false, 'removable', null], [true, 'refused', 'content_destroyed'], [true, 'refused', 'content_destroyed'], [true, 'refused', 'content_destroyed'],
  ])
  expect((await tablet.rescueFile()).size).toBeGreaterThan(LARGE.size)
})
