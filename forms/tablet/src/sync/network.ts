/** The network as an argument, and the server's answers as words that the tablet knows. */
import { Refused } from '../tablet'

/** Ask our own origin for a path. Rejects when there is no network; any answer is an answer. */
export type Network = (path: string, how?: RequestInit) => Promise<Response>

/** The same with the tablet's token, where an answer that is no success is thrown. */
export type Ask = Network

const LONGEST_MS = 300_000

export const throughBrowser: Network = (path, how = {}) =>
  fetch(path, { ...how, cache: 'no-store', credentials: 'omit', redirect: 'error', signal: AbortSignal.timeout(LONGEST_MS) })

/** It may work later: no network, a server that is busy or failed at this one, or a token that is no longer taken. */
export class NotNow extends Refused {
  constructor(readonly waiting: 'offline' | 'server_busy' | 'server_failed' | 'signed_out') {
    super(waiting)
  }
}

const LATER = new Set([408, 423, 425, 429])

/** Throws NotNow for what may work later, Refused with the server's stable word for what will not. */
export function asking(network: Network, token?: string): Ask {
  return async (path, how = {}) => {
    const headers = new Headers(how.headers)
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
    const answer = await network(path, { ...how, headers }).catch(() => Promise.reject(new NotNow('offline')))
    if (answer.ok) return answer
    const word = await wordOf(answer)
    if (answer.status === 401 && token !== undefined && word !== 'sign_in_failed') throw new NotNow('signed_out')
    if (answer.status === 500) throw new NotNow('server_failed')
    if ((answer.status >= 500 || LATER.has(answer.status)) && word !== 'too_many_tries') throw new NotNow('server_busy')
    throw new Refused(word, { status: answer.status })
  }
}

/** An answer read to its end; one that was cut is no answer. */
export async function whole<Content>(read: Promise<Content>): Promise<Content> {
  return read.catch(() => Promise.reject(new NotNow('offline')))
}

export async function json<Said>(answer: Response): Promise<Said> {
  return whole(answer.json() as Promise<Said>)
}

async function wordOf(answer: Response): Promise<string> {
  const said = await whole(answer.text())
  const word = /"status": ?"([a-z_]+)"/.exec(said) ?? /\(([a-z_]+)(?:; [^()]*)?\)<\//.exec(said)
  return word?.[1] ?? `http_${answer.status}`
}
