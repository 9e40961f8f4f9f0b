/** The original of a picture: hashed before anything else happens to it, named by when it was taken and by its hash. */
import { Refused } from '../../tablet'
import type { Instant } from '../../trade'

export interface Original { name: string; sha256: string; takenAt: Instant; content: Blob }

/** Throws `Refused` where it is no picture or larger than the limit: at capture, not when it is sent. */
export async function secureOriginal(content: Blob, takenAt: Instant, maxBytes: number): Promise<Original> {
  if (!content.type.startsWith('image/')) throw new Refused('not_a_picture')
  if (content.size > maxBytes) throw new Refused('picture_too_large', { bytes: content.size, limit: maxBytes })
  const sha256 = await sha256Of(content)
  const extension = content.type === 'image/png' ? 'png' : 'jpg'
  return { name: `${takenAt.slice(0, 19).replace(/\D/g, '')}-${sha256.slice(0, 8)}.${extension}`, sha256, takenAt, content }
}

export async function sha256Of(content: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await content.arrayBuffer())
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
