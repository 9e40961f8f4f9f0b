/**
 * Sealed streams (`HMS1`), byte for byte as the server's `core/sealed.py`: `HMS1`, a 7-byte prefix, chunks of 64 KiB
 * with a tag each; the nonce holds the chunk's number and whether it is the last, so nothing can be cut off, swapped
 * or appended. A large picture is read and written piece by piece, never held as a whole.
 */
import { joined, random, utf8, type Bytes } from './bytes'

export const CHUNK = 64 * 1024
const TAG = 16
const PREFIX = 7
const HEADER = 4 + PREFIX
const MAGIC = utf8('HMS1')

/** The content was changed, cut, or belongs elsewhere. */
export class Damaged extends Error {}

export async function sealingKey(secret: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** Seal content; `context` names its place and is authenticated. `prefix` is given by tests only. */
export async function seal(key: CryptoKey, content: Blob | Bytes, context: string, prefix = random(PREFIX)): Promise<Blob> {
  const plain = content instanceof Blob ? content : new Blob([content])
  const parts: Bytes[] = [joined(MAGIC, prefix)]
  const chunks = Math.max(1, Math.ceil(plain.size / CHUNK))
  for (let number = 0; number < chunks; number++) {
    const chunk = await plain.slice(number * CHUNK, (number + 1) * CHUNK).arrayBuffer()
    const how = { name: 'AES-GCM', iv: nonce(prefix, number, number === chunks - 1), additionalData: utf8(context) }
    parts.push(new Uint8Array(await crypto.subtle.encrypt(how, key, chunk)))
  }
  return new Blob(parts)
}

/** The content chunk by chunk. Throws Damaged at the first chunk that is not as it was sealed. */
export async function* opened(key: CryptoKey, sealed: Blob, context: string): AsyncGenerator<Bytes> {
  const header = new Uint8Array(await sealed.slice(0, HEADER).arrayBuffer())
  if (header.length < HEADER || MAGIC.some((byte, at) => header[at] !== byte)) throw new Damaged()
  const prefix = header.subarray(4)
  const size = CHUNK + TAG
  const chunks = Math.max(1, Math.ceil((sealed.size - HEADER) / size))
  for (let number = 0; number < chunks; number++) {
    const at = HEADER + number * size
    const chunk = await sealed.slice(at, at + size).arrayBuffer()
    const how = { name: 'AES-GCM', iv: nonce(prefix, number, number === chunks - 1), additionalData: utf8(context) }
    const plain = await crypto.subtle.decrypt(how, key, chunk).catch(() => null)
    if (plain === null) throw new Damaged()
    yield new Uint8Array(plain)
  }
}

export async function openBlob(key: CryptoKey, sealed: Blob, context: string, type = ''): Promise<Blob> {
  const parts: Bytes[] = []
  for await (const chunk of opened(key, sealed, context)) parts.push(chunk)
  return new Blob(parts, { type })
}

export async function openText(key: CryptoKey, sealed: Blob, context: string): Promise<string> {
  return (await openBlob(key, sealed, context)).text()
}

function nonce(prefix: Bytes, number: number, last: boolean): Bytes {
  const said = new Uint8Array(PREFIX + 5)
  said.set(prefix)
  new DataView(said.buffer).setUint32(PREFIX, number)
  said[PREFIX + 4] = last ? 1 : 0
  return said
}
