/** The tablet's own signing key (ECDSA P-256): made here, kept by the browser, never handed out. */
import { base64, canonical, joined, utf8, type Bytes } from './bytes'

const KIND = { name: 'ECDSA', namedCurve: 'P-256' }
const HOW = { name: 'ECDSA', hash: 'SHA-256' }

export async function newDeviceKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(KIND, false, ['sign', 'verify'])
}

/** The tablet's own key for sealing, kept like the signing key. */
export async function newSealingKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

export async function publicKeyOf(keys: CryptoKeyPair): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey))
}

async function sign(keys: CryptoKeyPair, said: Bytes): Promise<string> {
  return base64(new Uint8Array(await crypto.subtle.sign(HOW, keys.privateKey, said)))
}

/** What a tablet says when it comes in: the code is the challenge. */
export async function signEnrolment(keys: CryptoKeyPair, code: string): Promise<{ public_key: string; signature: string }> {
  const spki = await publicKeyOf(keys)
  const said = joined(utf8(`humiao-enrolment-v1\n${asMeant(code)}\n`), spki)
  return { public_key: base64(spki), signature: await sign(keys, said) }
}

/** A code as somebody typed it: small letters, hyphens, O for 0, I and L for 1. */
export function asMeant(code: string): string {
  return code.toUpperCase().replaceAll(/[-\s]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

export interface Enclosed { name: string; size: number; sha256: string }
export interface Envelope { instance_id: string; xml_sha256: string; files: Enclosed[] }

/** A finished module and the list of its files, signed: none can be added, left out or replaced on the way. */
export async function signEnvelope(keys: CryptoKeyPair, envelope: Envelope): Promise<Envelope & { signature: string }> {
  const signature = await sign(keys, utf8(`humiao-envelope-v1\n${canonical(envelope)}`))
  return { ...envelope, signature }
}

/** What became of a document: of which visit, under which number of the ledger, handed over how and when. */
export interface Handed { document: string; visit: string; number: number | null; how: 'paper' | 'screen' | 'left'; handed_at: string; sha256: string }

export async function signHanded(keys: CryptoKeyPair, handed: Handed): Promise<Handed & { signature: string }> {
  const signature = await sign(keys, utf8(`humiao-document-v1\n${canonical(handed)}`))
  return { ...handed, signature }
}

export async function signRescue(keys: CryptoKeyPair, manifest: Bytes): Promise<string> {
  return sign(keys, joined(utf8('humiao-rescue-v1\n'), manifest))
}

/** Whether the holder of a public key (SPKI) signed these bytes. */
export async function isSigned(spki: Bytes, signature: Bytes, said: Bytes): Promise<boolean> {
  const key = await crypto.subtle.importKey('spki', spki, KIND, false, ['verify'])
  return crypto.subtle.verify(HOW, key, signature, said)
}
