/** The documents of one visit on this tablet: made once, never changed, then handed over or spoilt. */
import { instant, type Clock } from '../clock'
import { filledRow, keepPaper, numberRows, paperRow, papersOf, settlePaper } from '../store/papers'
import type { FilledRow, ItemRow, NumberRow, PaperContent, PaperRow, Store } from '../store/schema'
import { Refused, type Filled, type Paper } from '../tablet'
import { base64, canonical, sha256, utf8 } from '../vault/bytes'
import { signHanded } from '../vault/device'
import { openText, seal } from '../vault/hms1'

export interface Bench { store: Store; clock: Clock; visitId: string; key: CryptoKey; keys: CryptoKeyPair; taken: (numberId: number) => void }

type Said = Omit<Paper, 'number'> & { numberId: number | null }

const paperPlace = (id: string): string => `paper:${id}`
/** Where the content lies as it is sent: what a rescue file and the server know it by. */
export const documentPlace = (id: string): string => `tablet:${id}:document`
/** A document with the pictures of its signatures, byte for byte as the server keeps it. */
const contentOf = ({ document, images }: Pick<Said, 'document' | 'images'>) => utf8(canonical({ document, images }))
const filledPlace = (instanceID: string): string => `filled:${instanceID}`

export async function sealedFilled(key: CryptoKey, visitId: string, instanceID: string, filled: Filled): Promise<FilledRow> {
  return { instanceID, visitId, sealed: await seal(key, utf8(JSON.stringify(filled)), filledPlace(instanceID)) }
}

export async function keptFilled(store: Store, key: CryptoKey, instanceID: string): Promise<Filled | null> {
  const row = await filledRow(store, instanceID)
  return row && (JSON.parse(await openText(key, row.sealed, filledPlace(instanceID))) as Filled)
}

export async function asDataUrl(picture: Blob): Promise<string> {
  return `data:image/png;base64,${base64(new Uint8Array(await picture.arrayBuffer()))}`
}

async function sealedPaper({ visitId, key }: Bench, said: Said): Promise<PaperRow> {
  const sealed = await seal(key, utf8(JSON.stringify(said)), paperPlace(said.id))
  return { id: said.id, visitId, open: said.became === null, sealed }
}

async function opened({ key }: Bench, row: PaperRow): Promise<Said> {
  return JSON.parse(await openText(key, row.sealed, paperPlace(row.id))) as Said
}

function shown({ numberId, ...said }: Said, numbers: NumberRow[]): Paper {
  const row = numbers.find((one) => one.document === said.id)
  const told = row === undefined ? { state: 'told' as const, reason: null } : { state: row.state, reason: row.reason }
  return { ...said, number: numberId === null ? null : { id: numberId, ...told } }
}

export async function papers(bench: Bench): Promise<Paper[]> {
  const numbers = await numberRows(bench.store)
  const all = await Promise.all((await papersOf(bench.store, bench.visitId)).map(async (row) => shown(await opened(bench, row), numbers)))
  return all.sort((a, b) => (a.madeAt < b.madeAt ? -1 : 1))
}

/** Throws Refused where another document bears the number by now. */
export async function makePaper(bench: Bench, { document, images, numberId }: Pick<Said, 'document' | 'images' | 'numberId'>): Promise<Paper> {
  const hash = await sha256(contentOf({ document, images }))
  const said: Said = { id: crypto.randomUUID(), document, images, numberId, sha256: hash, madeAt: instant(bench.clock.now()), became: null }
  const number: NumberRow | null = numberId === null ? null : { id: numberId, document: said.id, became: null, state: 'here', reason: null }
  if (!(await keepPaper(bench.store, await sealedPaper(bench, said), number))) throw new Refused('number_taken')
  if (numberId !== null) bench.taken(numberId)
  return shown(said, number ? [number] : [])
}

export async function settle(bench: Bench, id: string, what: { how: 'paper' | 'screen' | 'left' } | { because: 'spoilt' | 'wrong' | 'other' }): Promise<void> {
  const row = await paperRow(bench.store, id)
  if (row === null || row.visitId !== bench.visitId) throw new Refused('paper_unknown')
  const at = instant(bench.clock.now())
  const said = { ...(await opened(bench, row)), became: { ...what, at } }
  const became = 'because' in what ? { because: what.because } : { used_at: at }
  const content = 'because' in what ? null : await toBeSent(bench, said, what.how, at)
  const settled = { ...(await sealedPaper(bench, said)), ...(content && { content }) }
  if (!(await settlePaper(bench.store, settled, became, content && waiting(settled, content, at)))) throw new Refused('paper_settled')
}

async function toBeSent({ keys, key, visitId }: Bench, said: Said, how: 'paper' | 'screen' | 'left', at: string): Promise<PaperContent> {
  const content = contentOf(said)
  const [hash, sealed] = [await sha256(content), await seal(key, content, documentPlace(said.id))]
  const handed = await signHanded(keys, { document: said.id, visit: visitId, number: said.numberId, how, handed_at: at, sha256: hash })
  return { bytes: content.length, sha256: hash, sealed, sealedSha256: await sha256(sealed), handed }
}

function waiting({ id, visitId }: PaperRow, { bytes, sha256: hash }: PaperContent, changedAt: string): ItemRow {
  return {
    instanceID: id, name: '', paper: true, visitId, bytes, sha256: hash, state: 'here', reason: null, tries: 0, notBefore: 0, upload: null, changedAt,
  }
}
