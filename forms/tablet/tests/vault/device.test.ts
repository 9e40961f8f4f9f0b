import { expect, test } from 'vitest'

import { canonical, fromBase64, joined, utf8 } from '../../src/vault/bytes'
import { asMeant, isSigned, newDeviceKeys, publicKeyOf, signEnrolment, signEnvelope } from '../../src/vault/device'

const keys = await newDeviceKeys()
const spki = await publicKeyOf(keys)

test('the private key cannot be taken out of the tablet', async () => {
  expect(keys.privateKey.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('pkcs8', keys.privateKey)).rejects.toThrow()
})

test('an enrolment signs the code as it is meant, and the key itself', async () => {
  const { signature, public_key } = await signEnrolment(keys, 'abcd-0iLo')

  expect(fromBase64(public_key)).toEqual(spki)
  expect(await isSigned(spki, fromBase64(signature), joined(utf8('humiao-enrolment-v1\nABCD0110\n'), spki))).toBe(true)
})

test('an envelope is signed with its list of files', async () => {
  const envelope = { instance_id: 'uuid:1', xml_sha256: 'ab', files: [{ size: 3, name: '招牌.jpg', sha256: 'cd' }] }

  const { signature } = await signEnvelope(keys, envelope)

  const said = '{"files":[{"name":"招牌.jpg","sha256":"cd","size":3}],"instance_id":"uuid:1","xml_sha256":"ab"}'
  expect(canonical(envelope)).toBe(said)
  expect(await isSigned(spki, fromBase64(signature), utf8(`humiao-envelope-v1\n${said}`))).toBe(true)
  expect(await isSigned(spki, fromBase64(signature), utf8(`humiao-envelope-v1\n${said} `))).toBe(false)
})

test('codes are read as somebody types them', () => {
  expect(asMeant(' o1-il ')).toBe('0111')
})
