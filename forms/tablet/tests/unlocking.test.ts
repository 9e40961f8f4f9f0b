import { describe, expect, test } from 'vitest'

import { instant } from '../src/clock'
import { random } from '../src/vault/bytes'
import { draftOf, enrolled, FINGER, moduleOf, morning, prepared, silently, visiting } from './day'

/** A visit of one officer, a second one, and a finger that is nobody's. */
async function strangers() {
  const day = await visiting()
  const second = await day.tablet.addOfficer('li', 'right', FINGER)
  const { authenticator } = day.surroundings
  const { ask } = authenticator
  const right = () => void (authenticator.ask = ask)
  const wrong = () => void (authenticator.ask = async () => random(32))
  return { ...day, second, right, wrong }
}

describe('five wrong tries', () => {
  test('destroy this unlock and nothing else', async () => {
    const { tablet, second, officer, desk, module, wrong, right } = await strangers()
    await desk.saveDraft(draftOf(module, 'kept'))
    const words: string[] = []
    wrong()
    for (let n = 0; n < 6; n++) await tablet.unlock(second.id, FINGER).catch((refused: Error) => words.push(refused.message))
    right()

    expect(words).toEqual([...Array<string>(4).fill('wrong_unlock'), 'unlock_destroyed', 'sign_in_online'])
    await tablet.unlock(officer.id, FINGER)
    expect((await (await tablet.desk(desk.visit.visitId)).draft(module.instanceID))?.xml).toContain('kept')
  })

  test('count across kills, and all at once', async () => {
    const { started, second, wrong, right } = await strangers()
    wrong()
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => started().unlock(second.id, FINGER)))
    right()

    const words = tries.map((one) => (one.status === 'rejected' ? (one.reason as Error).message : 'in'))
    expect(words.filter((word) => word === 'wrong_unlock')).toHaveLength(4)
    await expect(started().unlock(second.id, FINGER)).rejects.toThrow('sign_in_online')
  })

  test('are forgotten after a right one', async () => {
    const { tablet, second, wrong, right } = await strangers()
    for (let time = 0; time < 2; time++) {
      wrong()
      for (let n = 0; n < 4; n++) await expect(tablet.unlock(second.id, FINGER)).rejects.toThrow('wrong_unlock')
      right()
      expect((await tablet.unlock(second.id, FINGER)).id).toBe(second.id)
    }
  })

  test('leave a new unlock to the next sign-in online, and the work to the rescue file', async () => {
    const { tablet, second, wrong, right } = await strangers()
    await tablet.unlock(second.id, FINGER)
    const desk = await tablet.begin({ venueId: 1, taskId: null, activities: ['internet_cafe'] })
    await desk.saveDraft(draftOf(moduleOf(desk), 'mine'))
    wrong()
    for (let n = 0; n < 5; n++) await expect(tablet.unlock(second.id, FINGER)).rejects.toThrow()
    right()

    await tablet.addOfficer('li', 'right', FINGER)
    await tablet.unlock(second.id, FINGER)

    expect(await tablet.visits()).toEqual([])
    expect(await (await tablet.rescueFile()).slice(0, 12).text()).toBe('{"manifest":')
  })

  test('of the only officer are told after a kill, too', async () => {
    const { started, officer, surroundings } = await prepared()
    surroundings.authenticator.ask = async () => random(32)
    for (let n = 0; n < 5; n++) {
      expect(await started().ended()).toBeNull()
      await expect(started().unlock(officer.id, FINGER)).rejects.toThrow()
    }

    expect(await started().ended()).toEqual({ because: 'wrong_tries' })
  })

  test('with a password are as wrong as with a finger, and the other way to unlock is no try', async () => {
    const { tablet } = await morning()
    await tablet.enrol('ABCD', '平板4')
    const { id } = await tablet.addOfficer('zhang', 'right', { password: 'Lantern77' })

    await expect(tablet.unlock(id, { password: 'Lantern78' })).rejects.toMatchObject({ word: 'wrong_unlock', facts: { left: 4 } })
    await expect(tablet.unlock(id, FINGER)).rejects.toMatchObject({ word: 'other_unlock', facts: { by: 'password' } })
    expect((await tablet.unlock(id, { password: 'Lantern77' })).id).toBe(id)
  })
})

test('an officer who called it off has not tried', async () => {
  const { tablet, officer, surroundings } = await prepared()
  const { ask } = surroundings.authenticator
  surroundings.authenticator.ask = () => Promise.reject(new DOMException('called off', 'NotAllowedError'))
  for (let n = 0; n < 6; n++) await expect(tablet.unlock(officer.id, FINGER)).rejects.toThrow('called off')
  surroundings.authenticator.ask = ask

  expect((await tablet.unlock(officer.id, FINGER)).id).toBe(officer.id)
})

describe('a package past its day', () => {
  test('ends every unlock; content stays for the rescue file, and a new sign-in opens the tablet again', async () => {
    const { started, officer, clock, desk, module, server, tablet } = await visiting()
    await desk.saveDraft(draftOf(module, 'kept'))
    clock.at += 24 * 3_600_000
    expect(() => tablet.register()).toThrow('package_expired')

    const again = started()
    expect(await again.lock()).toBe('no_officer')
    await expect(again.unlock(officer.id, FINGER)).rejects.toThrow('sign_in_online')

    expect((await again.rescueFile()).size).toBeGreaterThan(0)
    await again.addOfficer('zhang', 'right', FINGER)
    await again.prepare(silently)
    expect(again.register().venues.size).toBe(2)
    expect(server.asked.filter((one) => one.includes('package'))).toHaveLength(2)
  })

  test('is not revived by a clock that is set back', async () => {
    const { started, officer, clock } = await prepared()
    const end = (clock.at += 24 * 3_600_000)
    await started().lock()
    expect(await started().ended()).toEqual({ because: 'expired', at: instant(end), seen: null })
    clock.at -= 30 * 3_600_000

    await expect(started().unlock(officer.id, FINGER)).rejects.toThrow('sign_in_online')
    expect(await started().ended()).toEqual({ because: 'expired', at: instant(end), seen: instant(end) })
  })

  test('is judged by the highest time ever seen, before anybody looked', async () => {
    const { started, tablet, officer, clock } = await prepared()
    clock.at += 23 * 3_600_000
    await tablet.readiness()
    clock.at -= 20 * 3_600_000 // set back, and from here it runs again
    expect(await tablet.readiness()).toMatchObject({ ready: false, items: expect.arrayContaining([expect.objectContaining({ what: 'clock', problem: 'clock_set_back' })]) })
    tablet.close()
    expect((await started().unlock(officer.id, FINGER)).id).toBe(officer.id)
    clock.at += 21 * 3_600_000

    expect(await started().lock()).toBe('no_officer')
  })

  test('a new package is judged by the server\'s time, whatever this clock says', async () => {
    const { tablet, server, clock, officer, started } = await enrolled()
    server.madeAt = clock.at + 10 * 365 * 86_400_000
    await tablet.prepare(silently)
    clock.at += 23 * 3_600_000
    expect((await started().unlock(officer.id, FINGER)).id).toBe(officer.id)
    clock.at += 3_600_000

    expect(await started().lock()).toBe('no_officer')
  })
})

test('closing takes everything out of memory', async () => {
  const { tablet } = await visiting()
  tablet.close()

  expect(() => tablet.register()).toThrow('locked')
  expect(await tablet.visits()).toEqual([])
  await expect(tablet.begin({ venueId: 1, taskId: null, activities: [] })).rejects.toThrow('locked')
})
