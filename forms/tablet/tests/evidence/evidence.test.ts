import fc from 'fast-check'
import { expect, test } from 'vitest'

import { type Move, moved } from '../../src/components/evidence/areas'
import { strokesIn, withStrokes } from '../../src/components/evidence/strokes'
import { fitted } from '../../src/components/evidence/workingCopy'
import { secureOriginal } from '../../src/screens/evidence/original'

const AT = '2026-11-20T10:05:00.000+08:00'
const PNG = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (one) => one.charCodeAt(0),
)

test('an original is named by its time and hash', async () => {
  const original = await secureOriginal(new Blob(['abc'], { type: 'image/jpeg' }), AT, 10)

  expect(original.sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(original.name).toBe('20261120100500-ba7816bf.jpg')
})

test.each([
  ['image/jpeg', 'picture_too_large'],
  ['text/html', 'not_a_picture'],
])('%s of eleven bytes is refused as %s', async (type, word) => {
  await expect(secureOriginal(new Blob(['x'.repeat(11)], { type }), AT, 10)).rejects.toMatchObject({ word })
})

test('the strokes of a signature come back out of its picture', async () => {
  const strokes = [[[1, 2, 1764, 0.5], [3, 4, 1765, 0.5]]]

  const signed = withStrokes(PNG, strokes)

  expect(await strokesIn(signed)).toEqual(strokes)
  expect(await strokesIn(new Blob([PNG]))).toBeNull()
})

test('an area never leaves the picture, however it is moved', () => {
  const moves = fc.array(fc.constantFrom<Move>('left', 'right', 'up', 'down', 'wider', 'narrower', 'taller', 'lower'))
  fc.assert(
    fc.property(moves, (steps) => {
      const { x, y, width, height } = steps.reduce(moved, { x: 0.3, y: 0.3, width: 0.4, height: 0.4 })
      expect(Math.min(x, y, width - 0.1, height - 0.1)).toBeGreaterThanOrEqual(0)
      expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1.000001)
    }),
  )
})

test('a picture keeps its shape when it is made to fit, and is never made larger', () => {
  expect(fitted({ width: 4000, height: 3000 }, 12)).toEqual({ width: 12, height: 9 })
  expect(fitted({ width: 640, height: 480 }, 1280)).toEqual({ width: 640, height: 480 })
})
