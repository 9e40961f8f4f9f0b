import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { usePosition } from '../../src/screens/lead/usePosition'

type Found = (position: { coords: { longitude: number; latitude: number; accuracy: number }; timestamp: number }) => void
let answers: Found[] = []

beforeEach(() => {
  answers = []
  vi.stubGlobal('navigator', { geolocation: { getCurrentPosition: (found: Found) => void answers.push(found) } })
})
afterEach(() => vi.unstubAllGlobals())

const stand = (longitude: number): void => answers.pop()?.({ coords: { longitude, latitude: 31.23, accuracy: 8 }, timestamp: 0 })

test('the next lead does not stand where the last one stood', async () => {
  const { here, measure, settled, forget } = usePosition()
  void measure()
  stand(121.47)
  await settled()
  expect(here.value?.position).toEqual([121.47, 31.23])

  forget()

  expect(here.value).toBeNull()
})

test('a position that comes too late for its lead is not that of the next', async () => {
  const { here, measuring, measure, forget } = usePosition()
  const late = measure()
  forget()

  stand(121.47)
  await late

  expect([here.value, measuring.value]).toEqual([null, false])
})
