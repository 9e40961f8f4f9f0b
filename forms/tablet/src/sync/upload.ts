/**
 * A large file over several connections (tus 1.0.0): where the server stands is asked, and from there it goes on,
 * after a cut, a kill or a night. Our own few lines, because the content is sealed here and opened piece by piece.
 */
import { base64, utf8 } from '../vault/bytes'
import { Refused } from '../tablet'
import { NotNow, type Ask } from './network'

const PIECE = 2 ** 20
const TUS = { 'Tus-Resumable': '1.0.0' }
const BEGUN_AT_MOST = 3

export interface Uploading {
  /** What the server is told about it: of which submission, under which name; or which rescue file. */
  metadata: Record<string, string>
  content: Blob
  /** Where it stands since an earlier time, and how to keep where it stands now. */
  upload: string | null
  keep: (upload: string | null) => Promise<void>
  /** Does a piece of work again after growing pauses, as long as the network breaks. */
  patiently: <Result>(work: () => Promise<Result>) => Promise<Result>
}

export async function upload(ask: Ask, file: Uploading): Promise<void> {
  const { content, keep, patiently } = file
  let id = file.upload
  let reached: number | null = null // null: only the server knows
  for (let begins = 0; reached === null || reached < content.size; ) {
    if (id === null) {
      if (++begins > BEGUN_AT_MOST) throw new NotNow('server_busy')
      id = await patiently(() => begun(ask, file))
      await keep(id)
      reached = 0
    }
    const where = `/tablet/uploads/${id}`
    let from: number | null = reached
    reached = await patiently(() => {
      const known = from
      from = null // where this try ends, if it breaks, only the server knows
      return goneOn(ask, where, content, known)
    })
    if (reached === null) await keep((id = null))
  }
}

async function begun(ask: Ask, { metadata, content }: Uploading): Promise<string> {
  const said = Object.entries(metadata).map(([key, value]) => `${key} ${base64(utf8(value))}`)
  const headers = { ...TUS, 'Upload-Length': String(content.size), 'Upload-Metadata': said.join(',') }
  const answer = await ask('/tablet/uploads', { method: 'POST', headers })
  const id = /([0-9a-f]+)$/.exec(answer.headers.get('Location') ?? '')?.[1]
  if (id === undefined) throw new NotNow('offline') // not our server's answer
  return id
}

/** Send the next piece; how far it is then, or null where the server no longer has it. */
async function goneOn(ask: Ask, where: string, content: Blob, known: number | null): Promise<number | null> {
  const offset = known ?? (await offsetOf(ask, where))
  return offset === null || offset >= content.size ? offset : pieceFrom(ask, where, content, offset)
}

/** Where an upload stands; null where the server no longer has it. */
async function offsetOf(ask: Ask, where: string): Promise<number | null> {
  try {
    return offsetIn(await ask(where, { method: 'HEAD', headers: TUS }))
  } catch (problem) {
    if (!(problem instanceof Refused) || problem instanceof NotNow) throw problem
    if (problem.word === 'http_404' || problem.word === 'http_410') return null
    throw problem.word === 'http_409' ? new Refused('attachment_changed') : problem // an answer to HEAD has no words
  }
}

/** Where the server stands elsewhere by now, it is asked. */
async function pieceFrom(ask: Ask, where: string, content: Blob, offset: number): Promise<number | null> {
  const headers = { ...TUS, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) }
  try {
    return offsetIn(await ask(where, { method: 'PATCH', headers, body: content.slice(offset, offset + PIECE) }))
  } catch (problem) {
    const isElsewhere = problem instanceof Refused && ['upload_offset', 'upload_gone', 'not_found'].includes(problem.word)
    if (isElsewhere) return offsetOf(ask, where)
    throw problem
  }
}

function offsetIn(answer: Response): number {
  const said = answer.headers.get('Upload-Offset')
  if (said === null) throw new NotNow('offline')
  return Number(said)
}
