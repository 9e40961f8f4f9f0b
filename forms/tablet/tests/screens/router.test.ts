import { describe, expect, test } from 'vitest'

import { ledTo, ROUTES } from '../../src/router'
import type { Lock } from '../../src/tablet'

const LOCKS: Lock[] = ['not_enrolled', 'no_officer', 'locked', 'open']
const seenWhile = (lock: Lock): string[] => ROUTES.filter((route) => ledTo(lock, route.meta?.needs) === null).map((route) => route.path)

describe('the doors of the tablet', () => {
  test('a tablet that nobody let in shows enrolment and nothing else', () => {
    expect(seenWhile('not_enrolled')).toEqual(['/enrol'])
  })

  test('a locked tablet shows nothing of the register, only unlocking and what is unsent', () => {
    expect(seenWhile('locked')).toEqual(['/unlock', '/unlock/new', '/sync', '/:rest(.*)*'])
  })

  test('an open tablet shows neither enrolment nor unlocking', () => {
    expect(seenWhile('open')).not.toContain('/enrol')
    expect(seenWhile('open')).not.toContain('/unlock')
  })

  test.each(LOCKS)('whoever is led to a door while it is %s may stand there', (lock) => {
    const door = ledTo(lock, []) ?? ''

    expect(seenWhile(lock)).toContain(door)
  })
})

test('every screen but today’s list is loaded only when it is asked for', () => {
  const eager = ROUTES.filter((route) => typeof route.component !== 'function').map((route) => route.path)

  expect(eager).toEqual(['/'])
})
