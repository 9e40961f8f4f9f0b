/** Bytes and how they are written down: base64, hexadecimal, UTF-8, and JSON that says the same thing one way only. */

export type Bytes = Uint8Array<ArrayBuffer>

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text)
export const text = (bytes: Bytes): string => new TextDecoder().decode(bytes)
export const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))

export function joined(...parts: Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export function base64(bytes: Bytes): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(binary)
}

export const fromBase64 = (written: string): Bytes => Uint8Array.from(atob(written), (one) => one.charCodeAt(0))
export const hex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

export async function sha256(content: Bytes | Blob): Promise<string> {
  const bytes = content instanceof Blob ? await content.arrayBuffer() : content
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** JSON with sorted keys and without spaces: what two sides sign must be the same bytes. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}
