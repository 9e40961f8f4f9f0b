/** A package as it came: whose signature it bears, for whom and until when, and each section whole (docs/package.md). */
import { Refused } from '../tablet'
import type { Instant } from '../trade'
import { fromBase64, sha256, text, type Bytes } from '../vault/bytes'
import { isSigned } from '../vault/device'

const FORMAT = 2

export interface Described { name: string; kind: 'full' | 'changes'; rows: number; bytes: number; sha256: string }

export interface Manifest {
  format: number
  version: string
  completes: string | null
  device_id: number
  areas: string[]
  made_at: Instant
  expires_at: Instant
  /** To which key of the server visits are wrapped from now on. */
  rescue_key_id?: string
  sections: Described[]
}

export interface Received { manifest: Manifest; sections: { described: Described; content: unknown }[] }

/** What a tablet knows before it looks at a package. */
export interface Expected { packageKey: Bytes; deviceId: number; held: { version: string; madeAt: Instant } | null }

/** Read a package. Throws Refused: nothing of it is believed before all of it is what the signed manifest says. */
export async function verified(content: Bytes, expected: Expected): Promise<Received> {
  const end = content.indexOf(10)
  if (end < 0) throw new Refused('package_damaged')
  const head = JSON.parse(text(content.slice(0, end))) as { manifest: string; signature: string }
  const said = fromBase64(head.manifest)
  if (!(await isSigned(expected.packageKey, fromBase64(head.signature), said))) throw new Refused('package_not_signed')
  const manifest = JSON.parse(text(said)) as Manifest
  refuseOthers(manifest, expected)
  return { manifest, sections: await divided(manifest.sections, content.subarray(end + 1)) }
}

function refuseOthers(manifest: Manifest, { deviceId, held }: Expected): void {
  if (manifest.format !== FORMAT) throw new Refused('package_format_unknown', { format: manifest.format })
  if (manifest.device_id !== deviceId) throw new Refused('package_of_another_tablet')
  if (Date.parse(manifest.expires_at) <= Date.parse(manifest.made_at)) throw new Refused('package_expired')
  if (held !== null && Date.parse(manifest.made_at) < Date.parse(held.madeAt)) throw new Refused('package_older')
  if (manifest.completes !== null && manifest.completes !== held?.version) throw new Refused('package_does_not_complete')
}

async function divided(described: Described[], content: Bytes): Promise<Received['sections']> {
  const sections = []
  let at = 0
  for (const one of described) {
    const packed = content.slice(at, at + one.bytes)
    at += one.bytes
    if (packed.length !== one.bytes || (await sha256(packed)) !== one.sha256) throw new Refused('package_damaged', { section: one.name })
    sections.push({ described: one, content: JSON.parse(await unpacked(packed)) as unknown })
  }
  if (at !== content.length) throw new Refused('package_damaged')
  return sections
}

export async function unpacked(packed: Bytes | Blob): Promise<string> {
  const blob = packed instanceof Blob ? packed : new Blob([packed])
  return new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).text()
}

export async function packed(written: string): Promise<Blob> {
  return new Response(new Blob([written]).stream().pipeThrough(new CompressionStream('gzip'))).blob()
}
