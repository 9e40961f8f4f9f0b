import { describe, expect, test } from 'vitest'

import { sha256 } from '../src/vault/bytes'
import { FINGER, draftOf, moduleOf, photograph, picture, visiting, xmlOf } from './day'

test('a draft is there again after a kill, hidden answers too, and the visit is left where it was left', async () => {
  const { desk, module, started, officer } = await visiting()
  await desk.saveDraft(draftOf(module, 'no', { '/data/reason': 'closed' }))
  await desk.save({ place: { instanceID: module.instanceID, question: '/data/answer' } })

  const again = started()
  await again.unlock(officer.id, FINGER)
  const [visit] = await again.visits()
  const found = await (await again.desk(desk.visit.visitId)).draft(module.instanceID)

  expect(found).toEqual({ ...draftOf(module, 'no', { '/data/reason': 'closed' }), visitId: desk.visit.visitId })
  expect(visit).toEqual(desk.visit)
})

test('a checklist that was opened before the visit began keeps its record', async () => {
  const { tablet } = await visiting()
  const ahead = { activity: 'internet_cafe', instanceID: 'uuid:6f9619ff-8b86-4011-b42d-00c04fc964ff' }

  const [same, other] = await Promise.all(['internet_cafe', 'bar'].map((activity) =>
    tablet.begin({ venueId: 1, taskId: null, activities: ['internet_cafe'], ahead: { ...ahead, activity } })))

  expect(same && moduleOf(same).instanceID).toBe(ahead.instanceID)
  expect(other && moduleOf(other).instanceID).not.toBe(ahead.instanceID)
})

test('of drafts that are saved at once the last one said stays', async () => {
  const { desk, module } = await visiting()

  await Promise.all(['a', 'b', 'c', 'd'].map((answer) => desk.saveDraft(draftOf(module, answer))))

  expect((await desk.draft(module.instanceID))?.xml).toContain('<answer>d</answer>')
})

test('an answer is on the disk within a tenth of a second', async () => {
  const { desk, module } = await visiting()
  const long = draftOf(module, 'x'.repeat(60_000))
  await desk.saveDraft(long)

  const times = []
  for (let n = 0; n < 20; n++) {
    const began = performance.now()
    await desk.saveDraft(long)
    times.push(performance.now() - began)
  }

  expect(times.sort((a, b) => a - b)[10]).toBeLessThan(100)
})

test('a picture is kept as it was taken, with its hash, and can be taken away again', async () => {
  const { desk, module } = await visiting()
  const kept = await photograph(desk, 'front.jpg', picture(150_000))
  await photograph(desk, 'blurred.jpg', picture(10))

  await desk.removeAttachment(module.instanceID, 'blurred.jpg')

  expect(await desk.attachments(module.instanceID)).toEqual([kept])
  expect(kept).toMatchObject({ size: 150_000, kind: 'photo', minorPossible: false })
  const content = await desk.attachment(module.instanceID, 'front.jpg')
  expect(content?.type).toBe('image/jpeg')
  expect(content && (await sha256(content))).toBe(await sha256(picture(150_000)))
})

test('no picture takes the place of the record', async () => {
  const { desk } = await visiting()

  for (const name of ['', 'xml']) await expect(photograph(desk, name, picture(1))).rejects.toThrow('name_not_allowed')
})

describe('what is signed stays as it is', () => {
  test('drafts, pictures and a second signature are refused', async () => {
    const { desk, module } = await visiting()
    await photograph(desk, 'front.jpg', picture(10))
    await desk.sign(module.instanceID, xmlOf(module.instanceID))

    await expect(desk.saveDraft(draftOf(module, 'other'))).rejects.toThrow('signed')
    await expect(photograph(desk, 'late.jpg', picture(10))).rejects.toThrow('signed')
    await expect(desk.removeAttachment(module.instanceID, 'front.jpg')).rejects.toThrow('signed')
    await expect(desk.sign(module.instanceID, xmlOf(module.instanceID, 'other'))).rejects.toThrow('signed')
  })

  test('it waits to be sent, the record and each picture', async () => {
    const { desk, module, tablet, server } = await visiting()
    server.cut = () => 'before'
    await photograph(desk, 'front.jpg', picture(10))
    await desk.sign(module.instanceID, xmlOf(module.instanceID))

    const items = await tablet.outbox()

    expect(items.map(({ what, state }) => [what, state])).toEqual([['record', 'here'], [{ file: 'front.jpg' }, 'here']])
    expect(desk.visit.modules.map(({ state }) => state)).toEqual(['signed'])
  })
})

describe('room on the disk', () => {
  test('at 95 % pictures are refused and answers are still saved', async () => {
    const { desk, module, surroundings, tablet } = await visiting()
    surroundings.disk.share = 0.95

    await expect(photograph(desk, 'front.jpg', picture(10))).rejects.toThrow('storage_full')
    await desk.saveDraft(draftOf(module, 'saved'))

    expect((await desk.draft(module.instanceID))?.xml).toContain('saved')
    expect((await tablet.readiness()).items.find(({ what }) => what === 'storage')?.problem).toBe('storage_full')
    expect((await tablet.rescueFile()).size).toBeGreaterThan(0)
  })
})

test('a visit that is open on two screens loses nothing of either', async () => {
  const { desk, module, tablet } = await visiting()
  const other = await tablet.desk(desk.visit.visitId)
  await other.sign(module.instanceID, xmlOf(module.instanceID))

  await desk.save({ secondOfficerId: 8 })

  expect(desk.visit).toMatchObject({ secondOfficerId: 8, modules: [{ state: 'signed' }] })
})

test('another officer sees nothing of a visit, and a second officer only confirms', async () => {
  const { desk, tablet, officer } = await visiting()
  const second = await tablet.addOfficer('li', 'right', FINGER)
  expect(tablet.current()?.id).toBe(officer.id)
  expect((await tablet.confirm(second.id, FINGER)).name).toBe('李四')
  expect((await tablet.confirm(officer.id, FINGER)).name).toBe(officer.name)

  await tablet.unlock(second.id, FINGER)

  expect(tablet.current()?.id).toBe(second.id)
  expect(tablet.register().venues.size).toBe(2)
  expect(await tablet.visits()).toEqual([])
  await expect(tablet.desk(desk.visit.visitId)).rejects.toThrow('visit_of_another')
})

test('a draft opens with the form version that it began with, although newer ones came', async () => {
  const { desk, server, tablet, clock } = await visiting()
  clock.at += 1000
  const [form] = server.sections.forms as Record<string, unknown>[]
  server.sections.forms = [{ ...form, version: '2' }]
  await tablet.prepare(() => undefined)

  const found = await tablet.desk(desk.visit.visitId)

  expect(moduleOf(found).formVersion).toBe('1')
  expect(await tablet.formXml('internet_cafe', '1')).toContain('h:html')
  expect(tablet.register().forms.map(({ version }) => version)).toEqual(['2'])
})

test('work for a task that went to somebody else is kept and sent all the same', async () => {
  const { desk, module, server, tablet, clock } = await visiting()
  await desk.saveDraft(draftOf(module, 'half done'))
  clock.at += 1000
  server.sections.tasks = { rows: [], gone: [11] }

  await tablet.prepare(() => undefined)
  await desk.sign(module.instanceID, xmlOf(module.instanceID))
  await tablet.send()

  expect([...server.kept.keys()]).toEqual([module.instanceID])
})

test('nothing that an officer wrote lies in the clear on the disk', async () => {
  const { desk, module } = await visiting()
  await desk.saveDraft(draftOf(module, 'SECRET-ANSWER', { '/data/x': 'SECRET-HIDDEN' }))
  await photograph(desk, 'front.jpg', new Blob(['SECRET-PICTURE']))

  const dump: string[] = []
  for (const { name = '' } of await indexedDB.databases()) dump.push(await dumped(name))

  expect(dump.join()).toContain(module.instanceID)
  expect(dump.join()).not.toMatch(/SECRET|蓝星/)
})

async function dumped(name: string): Promise<string> {
  const { openDB } = await import('idb')
  const store = await openDB(name)
  const texts: string[] = []
  for (const one of store.objectStoreNames)
    for (const row of (await store.getAll(one)) as unknown[]) {
      const values = row instanceof Blob ? [row] : Object.values(row as object)
      for (const value of values) texts.push(value instanceof Blob ? await value.text() : String(value))
    }
  store.close()
  return texts.join('\n')
}
