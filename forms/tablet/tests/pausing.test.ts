import { expect, test } from 'vitest'

import { openTablet } from '../src/app'
import { newDatabase } from './around'
import { FINGER, morning, silently, xmlOf } from './day'

test('each moment sends what is due: the start, a network, the screen, each minute; what failed waits its pause', async () => {
  const { clock, server, surroundings } = await morning()
  const moments: (() => void)[] = []
  surroundings.moments = { listen: (_, then) => void moments.push(then), every: (_, then) => void moments.push(then) }
  const tablet = openTablet(server.network, clock, newDatabase(), surroundings)
  await tablet.enrol('ABCD', '平板4')
  await tablet.addOfficer('zhang', 'right', FINGER)
  await tablet.prepare(silently)
  const desk = await tablet.begin({ venueId: 1, taskId: null, activities: ['internet_cafe'] })
  const instanceID = desk.visit.modules[0]?.instanceID ?? ''
  await desk.sign(instanceID, xmlOf(instanceID))
  server.cut = () => 'before'
  await tablet.send()
  server.cut = () => 'none'
  const idle = () => new Promise<void>((resolve) => {
    const stop = tablet.onChange(() => (stop(), resolve()))
  })

  expect(moments).toHaveLength(3)
  for (const moment of moments) {
    const done = idle()
    moment()
    await done
  }
  expect(server.kept.size).toBe(0)

  clock.at += 5_000
  const done = idle()
  moments[0]?.()
  await done
  expect(server.kept.size).toBe(1)
})
