/** The code by which anybody can tell whether a printed page is what was handed over (核验码). */
import type { Block, Document } from './blocks'

const LENGTH = 8

/** A document with its last block: the code of all blocks before it. `address` is where it can be checked. */
export async function withVerification(document: Document, address: string | null): Promise<Document> {
  const code = await codeOf(document.blocks)
  return { ...document, blocks: [...document.blocks, { no: document.blocks.length + 1, kind: 'verification', code, address }] }
}

/** The first eight digits of the SHA-256 over the blocks: JSON in UTF-8, names in the order of the alphabet, no spaces. */
export async function codeOf(blocks: Block[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(inOrder(blocks)))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('').slice(0, LENGTH).toUpperCase()
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const named = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(named.map(([name, one]) => [name, inOrder(one)]))
}
