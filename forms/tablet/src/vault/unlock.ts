/**
 * An officer's unlock: a password of at least 8 characters, or the tablet's authenticator (fingerprint, face) where
 * there is one. It seals the officer's private key and nothing else: without the unlock nothing of theirs opens here.
 */
import { joined, random, utf8, type Bytes } from './bytes'

export const SHORTEST = 8
export const ROUNDS = 600_000
export const TRIES = 5

/** An officer's private key under their unlock. Where this is destroyed, content and the server's wraps remain. */
export type Unlock =
  | { by: 'password'; salt: Bytes; rounds: number; wrapped: Bytes }
  | { by: 'authenticator'; credential: Bytes; salt: Bytes; wrapped: Bytes }

/** What a platform authenticator can do for us; the browser's is in `authenticator.ts`, tests bring their own. */
export interface Authenticator {
  available(): Promise<boolean>
  /** Make a credential; returns its id and 32 bytes that it gives for this salt, each time the same. */
  enrol(officer: { login: string; name: string }, salt: Bytes): Promise<{ credential: Bytes; secret: Bytes }>
  ask(credential: Bytes, salt: Bytes): Promise<Bytes>
}

export class WrongUnlock extends Error {}

export async function sealByPassword(privateKey: Bytes, password: string, rounds = ROUNDS): Promise<Unlock> {
  const salt = random(16)
  const wrapped = await wrapUnder(await passwordKey(password, salt, rounds), privateKey)
  return { by: 'password', salt, rounds, wrapped }
}

export async function sealByAuthenticator(
  privateKey: Bytes, authenticator: Authenticator, officer: { login: string; name: string },
): Promise<Unlock> {
  const salt = random(32)
  const { credential, secret } = await authenticator.enrol(officer, salt)
  return { by: 'authenticator', credential, salt, wrapped: await wrapUnder(await secretKey(secret), privateKey) }
}

/** The officer's private key. Throws WrongUnlock. */
export async function openByPassword(unlock: Unlock, password: string): Promise<Bytes> {
  if (unlock.by !== 'password') throw new WrongUnlock()
  return unwrapUnder(await passwordKey(password, unlock.salt, unlock.rounds), unlock.wrapped)
}

export async function openByAuthenticator(unlock: Unlock, authenticator: Authenticator): Promise<Bytes> {
  if (unlock.by !== 'authenticator') throw new WrongUnlock()
  const secret = await authenticator.ask(unlock.credential, unlock.salt)
  return unwrapUnder(await secretKey(secret), unlock.wrapped)
}

async function passwordKey(password: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', utf8(password.normalize('NFKC')), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return crypto.subtle.deriveKey(how, typed, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

async function secretKey(secret: Bytes): Promise<CryptoKey> {
  const from = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8('humiao-unlock-v1') }
  return crypto.subtle.deriveKey(how, from, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

async function wrapUnder(key: CryptoKey, secret: Bytes): Promise<Bytes> {
  const iv = random(12)
  return joined(iv, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, secret)))
}

async function unwrapUnder(key: CryptoKey, wrapped: Bytes): Promise<Bytes> {
  const how = { name: 'AES-GCM', iv: wrapped.slice(0, 12) }
  const secret = await crypto.subtle.decrypt(how, key, wrapped.slice(12)).catch(() => null)
  if (secret === null) throw new WrongUnlock()
  return new Uint8Array(secret)
}
