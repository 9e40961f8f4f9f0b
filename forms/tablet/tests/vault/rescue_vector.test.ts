import { expect, test } from 'vitest'

import vector from '../../../../tests/vectors/rescue.json'
import { canonical, fromBase64, joined, sha256, utf8, type Bytes } from '../../src/vault/bytes'
import { isSigned } from '../../src/vault/device'
import { openBlob, seal, sealingKey } from '../../src/vault/hms1'
import { forVisit, unwrap } from '../../src/vault/wraps'

const { device, server, visit, envelope, handed } = vector
const key = await sealingKey(fromBase64(visit.data_key))

function contentOf(one: (typeof vector.sealed)[number]): Bytes {
  if (one.content !== undefined) return fromBase64(one.content)
  const piece = fromBase64(one.content_repeated?.piece ?? '')
  return Uint8Array.from({ length: one.content_repeated?.length ?? 0 }, (_, at) => piece[at % piece.length] ?? 0)
}

test('a visit\'s key that was wrapped to the server is opened with the server\'s key', async () => {
  const pkcs8 = fromBase64(server.private_pkcs8)
  const own = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])

  expect(forVisit(visit.number)).toBe(visit.info)
  expect(await unwrap(own, fromBase64(visit.wrapped), visit.info)).toEqual(fromBase64(visit.data_key))
  expect((await sha256(fromBase64(server.public_spki))).slice(0, 16)).toBe(server.key_id)
})

test.each(vector.sealed)('$context is sealed and opened byte for byte', async (one) => {
  const sealed = await seal(key, contentOf(one), one.context, fromBase64(one.nonce_prefix))

  expect(await sha256(sealed)).toBe(one.sha256)
  expect(await sha256(await openBlob(key, sealed, one.context))).toBe(one.content_sha256)
})

test('what a tablet signs is what the server holds the signatures against', async () => {
  const spki = fromBase64(device.public_spki)

  expect(canonical(envelope.object)).toBe(envelope.canonical)
  expect(await isSigned(spki, fromBase64(envelope.signature), utf8(`humiao-envelope-v1\n${envelope.canonical}`))).toBe(true)
  expect(canonical(handed.object)).toBe(handed.canonical)
  expect(await isSigned(spki, fromBase64(handed.signature), utf8(`humiao-document-v1\n${handed.canonical}`))).toBe(true)
  const manifest = joined(utf8('humiao-rescue-v1\n'), fromBase64(vector.manifest))
  expect(await isSigned(spki, fromBase64(vector.manifest_signature), manifest)).toBe(true)
})
