/** A signature is one file: the picture, and in it the strokes with their times (a text chunk of the PNG). */
import type { Bytes } from '../../vault/bytes'

const KEYWORD = 'humiao-strokes'
const END = 12 // the bytes of the last chunk, IEND

/** The picture with the strokes in it; programs that show PNG pass over them. */
export function withStrokes(png: Bytes, strokes: unknown): Blob {
  const body = new TextEncoder().encode(`tEXt${KEYWORD}\0${JSON.stringify(strokes)}`)
  const chunk = new Uint8Array(body.length + 8)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, body.length - 4)
  chunk.set(body, 4)
  view.setUint32(body.length + 4, crc32(body))
  return new Blob([png.subarray(0, -END), chunk, png.subarray(-END)], { type: 'image/png' })
}

/** The strokes of such a picture, or null where it has none. */
export async function strokesIn(png: Blob): Promise<unknown> {
  const bytes = new Uint8Array(await png.arrayBuffer())
  const view = new DataView(bytes.buffer)
  for (let at = 8; at + END <= bytes.length; ) {
    const length = view.getUint32(at)
    const said = new TextDecoder('latin1').decode(bytes.subarray(at + 4, at + 8 + length))
    if (said.startsWith(`tEXt${KEYWORD}\0`)) return JSON.parse(said.slice(5 + KEYWORD.length))
    at += length + END
  }
  return null
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
