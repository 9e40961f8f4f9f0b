import { expect, test } from 'vitest'

import { random } from '../../src/vault/bytes'
import { forVisit, newPair, privateKeyOf, unwrap, wrap, wrapToSpki } from '../../src/vault/wraps'

const secret = random(32)

test('a wrapped key opens for its recipient, for its visit, and for nothing else', async () => {
  const [mine, other] = [await newPair(), await newPair()]
  const wrapped = await wrap(mine.publicKey, secret, forVisit('a'))
  const myKey = await privateKeyOf(mine.privateKey)

  expect(await unwrap(myKey, wrapped, forVisit('a'))).toEqual(secret)
  await expect(unwrap(myKey, wrapped, forVisit('b'))).rejects.toThrow()
  await expect(unwrap(await privateKeyOf(other.privateKey), wrapped, forVisit('a'))).rejects.toThrow()
})

test('a server key that comes as SPKI is wrapped to alike', async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))

  const wrapped = await wrapToSpki(spki, secret, forVisit('a'))

  expect(wrapped.length).toBe(65 + 32 + 16)
  expect(await unwrap(pair.privateKey, wrapped, forVisit('a'))).toEqual(secret)
})
