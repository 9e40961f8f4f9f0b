import { describe, expect, test } from 'vitest'

import vectors from '../../../../tests/vectors/sealed.json'
import { fromBase64, random, sha256, utf8, type Bytes } from '../../src/vault/bytes'
import { CHUNK, Damaged, openBlob, opened, seal, sealingKey } from '../../src/vault/hms1'

const contentOf = (length: number): Bytes => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 255)
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())
const key = await sealingKey(random(32))

describe('sealed streams are those of the server', () => {
  test.each(vectors)('$name', async (vector) => {
    const shared = await sealingKey(fromBase64(vector.key))
    const content = contentOf(vector.length)

    const sealed = await seal(shared, content, vector.context, fromBase64(vector.prefix))

    expect(await sha256(sealed)).toBe(vector.sealed_sha256)
    expect(await bytesOf(await openBlob(shared, sealed, vector.context))).toEqual(content)
  })
})

describe('nothing can be changed, cut off, appended or moved', () => {
  const content = contentOf(3 * CHUNK - 5)
  const tag = 16
  const damages: [string, (sealed: Bytes) => Bytes][] = [
    ['a bit', (sealed) => sealed.with(100, (sealed[100] ?? 0) ^ 1)],
    ['the magic', (sealed) => sealed.with(0, 0)],
    ['the prefix', (sealed) => sealed.with(5, (sealed[5] ?? 0) ^ 1)],
    ['the last chunk cut off', (sealed) => sealed.slice(0, 11 + 2 * (CHUNK + tag))],
    ['a byte cut off', (sealed) => sealed.slice(0, -1)],
    ['all but the header cut off', (sealed) => sealed.slice(0, 11)],
    ['a byte appended', (sealed) => Uint8Array.from([...sealed, 0])],
    ['nothing', () => new Uint8Array(0)],
  ]
  test.each(damages)('%s', async (_, damage) => {
    const sealed = damage(await bytesOf(await seal(key, content, 'here')))

    await expect(openBlob(key, new Blob([sealed]), 'here')).rejects.toThrow(Damaged)
  })

  test('another place', async () => {
    await expect(openBlob(key, await seal(key, content, 'here'), 'there')).rejects.toThrow(Damaged)
  })
})

test('a stream is opened chunk by chunk', async () => {
  const sealed = await seal(key, contentOf(2 * CHUNK + 1), 'here')

  const sizes = []
  for await (const chunk of opened(key, sealed, 'here')) sizes.push(chunk.length)

  expect(sizes).toEqual([CHUNK, CHUNK, 1])
})

test('the same content is never sealed to the same bytes', async () => {
  const [first, second] = [await seal(key, utf8('x'), 'here'), await seal(key, utf8('x'), 'here')]

  expect(await sha256(first)).not.toBe(await sha256(second))
})
