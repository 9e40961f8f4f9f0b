/**
 * Small secrets wrapped to whoever may open them (HPKE, RFC 9180, base mode): a visit's key to its officer and to the
 * server, the package's key to every officer of this tablet. A wrap is the sender's share and the ciphertext.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'

import { joined, sha256, utf8, type Bytes } from './bytes'

const SHARE = 65
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

export const forVisit = (visitId: string) => `humiao-visit-key-v1\n${visitId}`
export const forPackage = (version: string) => `humiao-package-key-v1\n${version}`

/** By which a rescue key (SPKI) is named. */
export const keyIdOf = async (spki: Bytes): Promise<string> => (await sha256(spki)).slice(0, 16)

/** A new pair: the public half stays in the clear, the private half under an officer's unlock. */
export async function newPair(): Promise<{ publicKey: Bytes; privateKey: Bytes }> {
  const pair = await suite.kem.generateKeyPair()
  return {
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)),
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey)),
  }
}

export async function privateKeyOf(bytes: Bytes): Promise<CryptoKey> {
  return suite.kem.deserializePrivateKey(bytes)
}

export async function wrap(publicKey: Bytes, secret: Bytes, info: string): Promise<Bytes> {
  return wrapTo(await suite.kem.deserializePublicKey(publicKey), secret, info)
}

/** The same for a key as servers hand it out: SPKI. */
export async function wrapToSpki(spki: Bytes, secret: Bytes, info: string): Promise<Bytes> {
  return wrapTo(await crypto.subtle.importKey('spki', spki, { name: 'ECDH', namedCurve: 'P-256' }, true, []), secret, info)
}

async function wrapTo(recipientPublicKey: CryptoKey, secret: Bytes, info: string): Promise<Bytes> {
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: utf8(info) }, secret)
  return joined(new Uint8Array(enc), new Uint8Array(ct))
}

export async function unwrap(recipientKey: CryptoKey, wrapped: Bytes, info: string): Promise<Bytes> {
  const enc = wrapped.slice(0, SHARE)
  return new Uint8Array(await suite.open({ recipientKey, enc, info: utf8(info) }, wrapped.slice(SHARE)))
}
