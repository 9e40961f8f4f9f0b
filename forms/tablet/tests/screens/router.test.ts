import { describe, expect, test } from 'vitest'

import { ledTo, ROUTES } from '../../src/router'
import type { Lock } from '../../src/tablet'

const LOCKS: Lock[] = ['not_enrolled', 'no_officer', 'locked', 'open']
const seenWhile = (lock: Lock, hasPackage = true): string[] =>
  ROUTES.filter((route) => ledTo(lock, hasPackage, route.meta) === null).map((route) => route.path)

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

  test('without a package, or past its day, an open tablet shows how to get one and what is unsent', () => {
    expect(seenWhile('open', false)).toEqual(['/unlock/new', '/ready', '/sync', '/settings', '/:rest(.*)*'])
    expect(ledTo('open', false)).toBe('/ready')
  })

  test.each(LOCKS)('whoever is led to a door while it is %s may stand there', (lock) => {
    for (const hasPackage of [true, false]) expect(seenWhile(lock, hasPackage)).toContain(ledTo(lock, hasPackage, { needs: [] }))
  })
})

test('every screen but today’s list is loaded only when it is asked for', () => {
  const eager = ROUTES.filter((route) => typeof route.component !== 'function').map((route) => route.path)

  expect(eager).toEqual(['/'])
})
