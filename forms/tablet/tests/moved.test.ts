import { expect, test } from 'vitest'

import { draftOf, FINGER, moduleOf, prepared } from './day'

const WITH_OTHERS = { state: 'assigned', officers: [{ id: 9, name: '王五' }] }
const MINE = { state: 'assigned', officers: [{ id: 7, name: '张三' }, { id: 9, name: '王五' }] }

/** A visit that was begun for a task. */
async function forTask() {
  const day = await prepared()
  const desk = await day.tablet.begin({ venueId: 1, taskId: 4, activities: ['internet_cafe'] })
  return { ...day, desk, module: moduleOf(desk), visitId: desk.visit.visitId }
}

test.each([
  ['went to others', WITH_OTHERS, { to: ['王五'] }],
  ['was called off', { state: 'withdrawn', officers: [] }, { to: [] }],
  ['is still the officer\'s', MINE, null],
  ['is unknown to the server', null, null],
])('a task that %s', async (_, task, said) => {
  const { tablet, server, visitId } = await forTask()
  server.task = task

  await tablet.send()

  expect(await tablet.moved(visitId)).toEqual(said)
})

test('what was heard stays across a kill, without a network, and although the visit is written by somebody who did not hear it', async () => {
  const { tablet, server, desk, module, visitId, started, officer } = await forTask()
  server.task = WITH_OTHERS
  await tablet.send()
  await desk.save({ place: { instanceID: module.instanceID, question: null } })
  await desk.saveDraft(draftOf(module, 'kept'))
  server.cut = () => 'before'

  const again = started()
  await again.unlock(officer.id, FINGER)

  expect(await again.moved(visitId)).toEqual({ to: ['王五'] })
  expect((await (await again.desk(visitId)).draft(module.instanceID))?.xml).toContain('kept')
})
