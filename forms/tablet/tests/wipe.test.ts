import { expect, test } from 'vitest'

import { draftOf, FINGER, moduleOf, visiting, xmlOf } from './day'

/** One module that the server has, one that is signed and not sent, and a draft; and then the tablet is revoked. */
async function revoked() {
  const day = await visiting()
  const { tablet, server, desk, module } = day
  await desk.sign(module.instanceID, xmlOf(module.instanceID))
  await tablet.send()
  const waiting = await tablet.begin({ venueId: 2, taskId: null, activities: ['internet_cafe', 'internet_cafe'] })
  const [signed, draft] = waiting.visit.modules
  if (signed === undefined || draft === undefined) throw new Error('two modules were begun')
  await waiting.saveDraft(draftOf(draft, 'half'))
  server.cut = () => 'before'
  await waiting.sign(signed.instanceID, xmlOf(signed.instanceID))
  server.cut = () => 'none'
  return { ...day, waiting }
}

test('the office\'s word destroys unlocks and package, and never what it does not have yet', async () => {
  const { tablet, server, started, waiting, module } = await revoked()
  server.revoked = { wipe: 4, signed: true }

  expect((await tablet.send()).waiting).toBe('wiped')

  expect(await tablet.lock()).toBe('not_enrolled')
  expect(await tablet.officers()).toEqual([])
  expect(() => tablet.register()).toThrow('locked')
  await expect(tablet.formXml('internet_cafe', '1')).rejects.toThrow('form_missing')
  const left = (await started().outbox()).map(({ instanceID }) => instanceID)
  expect(left).toEqual([moduleOf(waiting).instanceID])
  expect(left).not.toContain(module.instanceID)
  const head = await (await tablet.rescueFile()).text()
  const { manifest } = JSON.parse(head.slice(0, head.indexOf('\n'))) as { manifest: string }
  expect((JSON.parse(atob(manifest)) as { sections: { kind: string }[] }).sections.map(({ kind }) => kind).sort()).toEqual(['draft', 'submission'])
})

test.each([
  ['without the office\'s signature', { wipe: 4, signed: false }],
  ['for another tablet', { wipe: 5, signed: true }],
])('a word %s destroys nothing', async (_, said) => {
  const { tablet, server, officer } = await revoked()
  server.revoked = said

  expect((await tablet.send()).waiting).toBe('signed_out')

  expect((await tablet.unlock(officer.id, FINGER)).id).toBe(officer.id)
  expect(tablet.register().venues.size).toBe(2)
})

test('a tablet that was wiped may come in again, with another key', async () => {
  const { tablet, server } = await revoked()
  server.revoked = { wipe: 4, signed: true }
  await tablet.send()
  server.revoked = null

  await tablet.enrol('ABCD', '平板4')

  expect(await tablet.lock()).toBe('no_officer')
  expect(new Set(server.keys).size).toBe(2)
})

test('of proposals the server\'s are forgotten, and one that it does not have arrives after the tablet came in again', async () => {
  const { tablet, server } = await revoked()
  await tablet.propose({ kind: 'venue', id: 1, version: 1 }, { name: '蓝星网咖' }, '招牌已更换')
  await tablet.send()
  server.cut = () => 'before'
  await tablet.propose({ kind: 'venue', id: 2, version: 1 }, { name: '红月网咖' }, '招牌已更换')
  await tablet.send()
  server.cut = () => 'none'
  server.revoked = { wipe: 4, signed: true }
  await tablet.send()
  expect(await tablet.proposals()).toMatchObject([{ rowId: 2, state: 'here' }])
  server.revoked = null

  await tablet.enrol('ABCD', '平板4')
  await tablet.send()

  expect([...server.proposals.values()]).toMatchObject([{ values: { name: '蓝星网咖' } }, { values: { name: '红月网咖' } }])
})
