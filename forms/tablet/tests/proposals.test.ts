import { expect, test } from 'vitest'

import { visiting } from './day'

const CHANGE = [{ kind: 'venue', id: 1, version: 1 }, { name: '蓝星网咖' }, '招牌已更换'] as const

test('a proposal waits for a network, says what was seen, and arrives once', async () => {
  const { tablet, server } = await visiting()
  server.cut = () => 'before'
  await tablet.propose(...CHANGE)
  expect(await tablet.send()).toEqual({ sent: 0, left: 1, waiting: 'offline' })

  server.cut = () => 'after'
  await tablet.send()
  server.cut = () => 'none'
  await tablet.send()

  const [said, ...others] = server.proposals.values()
  expect(others).toEqual([])
  expect(said).toMatchObject({ seen_version: 1, values: { name: '蓝星网咖' }, seen: { name: '蓝星网吧' }, reason: '招牌已更换' })
  expect(await tablet.proposals()).toMatchObject([{ kind: 'venue', rowId: 1, changes: { name: '蓝星网咖' }, state: 'merged', reason: null }])
})

test('one that another officer\'s change met waits for a decision, and the button asks what became of it', async () => {
  const { tablet, server } = await visiting()
  server.became = 'waiting'
  await tablet.propose(...CHANGE)
  await tablet.send()
  expect(await tablet.proposals()).toMatchObject([{ state: 'waiting' }])

  server.became = 'refused'
  await tablet.send()

  expect(await tablet.proposals()).toMatchObject([{ state: 'refused', reason: '照片不清' }])
})

test('one that the server does not take is kept with its word', async () => {
  const { tablet, server } = await visiting()
  server.refuse = { path: '/proposals', status: 422, word: 'invalid_input' }
  await tablet.propose(...CHANGE)
  await tablet.send()

  expect(await tablet.proposals()).toMatchObject([{ state: 'refused', reason: 'invalid_input' }])
})
