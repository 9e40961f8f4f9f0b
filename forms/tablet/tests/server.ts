/** A server as the tablet sees it: it keeps what comes, once, and its line breaks where a test says so. */
import { base64, fromBase64, hex, joined, random, sha256, text, utf8, type Bytes } from '../src/vault/bytes'
import type { Network } from '../src/sync/network'

export type Cut = 'none' | 'before' | 'during' | 'after'
export interface Kept { xml: Bytes; files: Map<string, Bytes>; signature: string | null; times: number }
interface Upload { instanceID: string; name: string; rescue: string; length: number; content: Bytes }
interface Asked { path: string; method: string; how: RequestInit }

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }
export const FORM_XML = '<h:html xmlns:h="http://www.w3.org/1999/xhtml"/>'

export async function fakeServer(clock: { now(): number }) {
  const packageKeys = await crypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])
  const newRescueKeys = () => crypto.subtle.generateKey({ ...ECDSA, name: 'ECDH' }, true, ['deriveBits'])
  const rescueKeys = await newRescueKeys()
  const spki = async (key: CryptoKey) => base64(new Uint8Array(await crypto.subtle.exportKey('spki', key)))
  const kept = new Map<string, Kept>()
  const uploads = new Map<string, Upload>()
  const proposals = new Map<string, unknown>()
  const asked: string[] = []
  const told = new Map<string, unknown>()
  const documents = new Map<string, Record<string, string>>()
  let number = 0
  const people = new Map([['zhang', { id: 7, name: '张三' }], ['li', { id: 8, name: '李四' }]])
  const form = { id: 'internet_cafe', version: '1', hash: 'md5:x', title: '网吧', activity: 'internet_cafe', media: [] }

  const server = {
    kept, uploads, proposals, told, documents, asked, rescueKeys, newRescueKeys, idOf,
    /** What is answered where a tablet asks for the rescue key, and which one packages name. */
    rescueKeyNow: { keys: rescueKeys, named: rescueKeys, domain: 'humiao-rescue-key-v1\n' },
    /** The kinds of documents that the office numbers. */
    numbered: ['inspection_notice', 'inspection_record', 'order_to_correct'],
    withRescueKey: true,
    cut: (() => 'none') as (path: string) => Cut,
    /** The record at which the server itself fails. */
    failsAt: '',
    refuse: null as { path: string; status: number; word: string } | null,
    sections: {} as Record<string, unknown>,
    hours: 24,
    completes: null as string | null,
    version: 'v1',
    madeAt: null as number | null,
    kinds: {} as Record<string, 'changes'>,
    /** What the line does to a package. */
    damage: (content: Bytes): Bytes => content,
    /** The public keys that came with enrolments. */
    keys: [] as string[],
    /** Set to what a tablet is told that was revoked. */
    revoked: null as { wipe: number; signed: boolean } | null,
    /** What becomes of proposals. */
    became: 'merged',
    /** Who has the task now that a visit is for. */
    task: null as { state: string; officers: { id: number; name: string }[] } | null,
    /** Somebody else answers in our place, as in a hotel where nobody signed in yet. */
    portal: false,
    network,
  }
  server.sections = {
    venues: { rows: { id: [1, 2], version: [1, 1], name: ['蓝星网吧', '红月网吧'], lon: [1214700000, null], lat: [312300000, null],
      licences: [[], []], activities: [['internet_cafe'], ['internet_cafe']] } },
    sites: { rows: { id: [1], version: [1], name: ['第一小学'], kind: ['primary'], place: [{ rings: [[[1214700000, 312300000, 100, 0, 0, 100]]] }],
      gates: [null] } },
    visits: { rows: { id: [1], visits: [[['2026-11-02', 'internet_cafe', 2], ['2026-05-06', 'internet_cafe', 0]]], this_year: [4] } },
    law: { version: 3 },
    forms: [{ ...form, sha256: await sha256(utf8(FORM_XML)) }],
    tasks: { rows: [], gone: [] },
    numbers: [],
    contacts: { areas: [{ area_code: '310101', kind: 'education', name: '示例区教育局', phone: '021-00000005' }], public: [], agency: { address: '示例路1号', phone: '021-00000000', complaint_phone: '021-00000001', email: null, minors_phone: null } },
  }

  async function idOf({ publicKey }: CryptoKeyPair): Promise<string> {
    return (await sha256(fromBase64(await spki(publicKey)))).slice(0, 16)
  }

  async function signed(said: Bytes): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, packageKeys.privateKey, said))
  }

  async function rescueKey(): Promise<Response> {
    const { keys, domain } = server.rescueKeyNow
    const publicKey = fromBase64(await spki(keys.publicKey))
    const signature = await signed(joined(utf8(domain), publicKey))
    return Response.json({ key_id: await idOf(keys), public_key: base64(publicKey), signature: base64(signature) })
  }

  async function packaged(): Promise<Bytes> {
    const parts: Bytes[] = []
    const described = []
    for (const [name, content] of Object.entries(server.sections)) {
      const stream = new Blob([JSON.stringify(content)]).stream().pipeThrough(new CompressionStream('gzip'))
      const packed = new Uint8Array(await new Response(stream).arrayBuffer())
      described.push({ name, kind: server.kinds[name] ?? 'full', rows: 0, bytes: packed.length, sha256: await sha256(packed) })
      parts.push(packed)
    }
    const at = server.madeAt ?? clock.now()
    const manifest = utf8(JSON.stringify({
      format: 2, version: server.version, completes: server.completes, device_id: 4, areas: ['310101'],
      made_at: new Date(at).toISOString(), expires_at: new Date(at + server.hours * 3_600_000).toISOString(), sections: described,
      rescue_key_id: server.withRescueKey ? await idOf(server.rescueKeyNow.named) : undefined,
    }))
    const signature = await signed(manifest)
    return joined(utf8(`${JSON.stringify({ manifest: base64(manifest), signature: base64(signature) })}\n`), ...parts)
  }

  async function network(path: string, how: RequestInit = {}): Promise<Response> {
    const cut = server.cut(path)
    if (cut === 'before') throw new TypeError('network')
    asked.push(`${how.method ?? 'GET'} ${path.split('?')[0]}`)
    const answer = await handled({ path, method: how.method ?? 'GET', how })
    if (cut === 'after') throw new TypeError('network')
    if (cut === 'during') return new Response(broken(), { status: answer.status, headers: answer.headers })
    return answer
  }

  async function handled(said: Asked): Promise<Response> {
    const { path, method, how } = said
    if (server.portal) return new Response('<html>Welcome</html>', { headers: { 'Content-Type': 'text/html' } })
    if (server.refuse !== null && path.includes(server.refuse.path))
      return Response.json({ status: server.refuse.word }, { status: server.refuse.status })
    if (server.revoked !== null && path === '/tablet/wipe') return wipe(server.revoked)
    if (server.revoked !== null) return Response.json({ status: 'sign_in_needed' }, { status: 401 })
    if (path === '/tablet/enrolment') return enrolled(String(how.body))
    if (path === '/tablet/officers') return officer(String(how.body))
    if (path === '/api/v1/rescue/key') return rescueKey()
    if (path.startsWith('/api/v1/package')) return new Response(server.damage(await packaged()))
    if (path.startsWith('/tablet/forms/')) return new Response(FORM_XML)
    if (path === '/tablet/submission') return submission(how.body as FormData)
    if (path === '/tablet/uploads') return begun(how)
    if (path.startsWith('/tablet/uploads/')) return goneOn(path, method, how)
    if (path.startsWith('/tablet/submissions/')) return held(decodeURIComponent(path.slice('/tablet/submissions/'.length)))
    if (path === '/tablet/leads') return lead(String(how.body))
    if (path.startsWith('/tablet/leads/')) return method === 'GET' ? held(`lead:${path.split('/').at(-1)}`) : leadPicture(path, how.body as Blob)
    if (path === '/tablet/number-blocks') return reserved(String(how.body))
    if (path.startsWith('/tablet/tasks/')) return server.task === null ? Response.json({ status: 'not_found' }, { status: 404 }) : Response.json(server.task)
    if (path.startsWith('/tablet/document-numbers/')) return heard(path, String(how.body))
    if (path.startsWith('/tablet/documents')) return documented(path.slice('/tablet/documents/'.length), String(how.body))
    return proposed(path, how)
  }

  async function enrolled(body: string): Promise<Response> {
    server.keys.push((JSON.parse(body) as { public_key: string }).public_key)
    const said = { device: { id: 4, name: '平板4' }, token: 'token', package_key: await spki(packageKeys.publicKey) }
    return Response.json(server.withRescueKey ? { ...said, rescue_key: await spki(rescueKeys.publicKey) } : said, { status: 201 })
  }

  async function wipe({ wipe: device, signed: isOurs }: { wipe: number; signed: boolean }): Promise<Response> {
    const said = utf8(JSON.stringify({ wipe: device }))
    const signature = await signed(joined(utf8(isOurs ? 'humiao-wipe-v1\n' : ''), said))
    return Response.json({ said: base64(said), signature: base64(signature) })
  }

  function officer(body: string): Response {
    const { login, password } = JSON.parse(body) as { login: string; password: string }
    const person = people.get(login)
    if (person === undefined || password !== 'right') return Response.json({ status: 'sign_in_failed' }, { status: 401 })
    return Response.json({ ...person, login, certificate_no: 'SH-1', certificate_valid_to: '2027-12-31', agency: '示例文旅局' })
  }

  async function submission(body: FormData): Promise<Response> {
    const xml = await bytesOf(body.get('xml_submission_file'))
    const instanceID = /<instanceID>(.*?)<\/instanceID>/.exec(text(xml))?.[1] ?? ''
    if (instanceID === server.failsAt) return new Response('', { status: 500 })
    const known = kept.get(instanceID) ?? { xml, files: new Map<string, Bytes>(), signature: null, times: 0 }
    if (text(known.xml) !== text(xml)) return xmlRefusal(409, 'submission_changed')
    const signed = body.get('humiao_signature')
    kept.set(instanceID, { ...known, signature: signed === null ? known.signature : text(await bytesOf(signed)), times: known.times + 1 })
    for (const [name, file] of body.entries())
      if (name !== 'xml_submission_file' && name !== 'humiao_signature') kept.get(instanceID)?.files.set(name, await bytesOf(file))
    return new Response('<OpenRosaResponse/>', { status: 201 })
  }

  function lead(body: string): Response {
    const { record, signature } = JSON.parse(body) as { record: string; signature: string }
    const instanceID = `lead:${(JSON.parse(record) as { id: string }).id}`
    const known = kept.get(instanceID) ?? { xml: utf8(record), files: new Map<string, Bytes>(), signature, times: 0 }
    kept.set(instanceID, { ...known, times: known.times + 1 })
    return Response.json({ receipt_no: 'XS20261120-00000000' }, { status: 201 })
  }

  async function leadPicture(path: string, body: Blob): Promise<Response> {
    const [id, , name = ''] = path.split('/').slice(-3)
    kept.get(`lead:${id}`)?.files.set(name, await bytesOf(body))
    return Response.json({}, { status: 201 })
  }

  function begun(how: RequestInit): Response {
    const headers = new Headers(how.headers)
    const metadata = Object.fromEntries((headers.get('Upload-Metadata') ?? '').split(',').map((one) => one.split(' ')))
    const said = (name: string) => text(Uint8Array.from(atob(metadata[name] ?? ''), (one) => one.charCodeAt(0)))
    const id = hex(random(16))
    const length = Number(headers.get('Upload-Length'))
    uploads.set(id, { instanceID: said('instanceID'), name: said('filename'), rescue: said('rescue'), length, content: new Uint8Array(0) })
    return new Response(null, { status: 201, headers: { Location: `http://elsewhere/tablet/uploads/${id}` } })
  }

  async function goneOn(path: string, method: string, how: RequestInit): Promise<Response> {
    const upload = uploads.get(path.split('/').at(-1) ?? '')
    if (upload === undefined) return new Response(null, { status: 404 })
    if (method === 'PATCH') {
      const from = Number(new Headers(how.headers).get('Upload-Offset'))
      if (from !== upload.content.length) return xmlRefusal(409, 'upload_offset')
      upload.content = joined(upload.content, await bytesOf(how.body as Blob))
      if (upload.content.length === upload.length) kept.get(upload.instanceID)?.files.set(upload.name, upload.content)
    }
    return new Response(null, { status: method === 'PATCH' ? 204 : 200, headers: { 'Upload-Offset': String(upload.content.length) } })
  }

  function proposed(path: string, how: RequestInit): Response {
    if (!path.startsWith('/tablet/proposals/')) {
      const { uuid, ...said } = JSON.parse(String(how.body)) as { uuid: string }
      proposals.set(uuid, said)
    }
    return Response.json({ state: server.became, decision_reason: server.became === 'refused' ? '照片不清' : null })
  }

  function reserved(body: string): Response {
    const { kind, count } = JSON.parse(body) as { kind: string; count: number }
    if (!server.numbered.includes(kind)) return Response.json({ status: 'number_series_unknown' }, { status: 409 })
    const numbers = Array.from({ length: count }, () => [++number, `${kind}〔2026〕${number}号`])
    ;(server.sections.numbers as unknown[]).push({ kind, day: '2026-11-20', numbers })
    return Response.json({}, { status: 201 })
  }

  /** Notes it, and packages bring the number no more. */
  function heard(path: string, body: string): Response {
    const [id = '', deed = ''] = path.split('/').slice(-2)
    told.set(`${deed} ${id}`, JSON.parse(body))
    for (const block of server.sections.numbers as { numbers: [number, string][] }[])
      block.numbers = block.numbers.filter(([one]) => String(one) !== id)
    return Response.json({})
  }

  /** Keeps a document once, or says the hash of one. */
  async function documented(id: string, body: string): Promise<Response> {
    if (id === '') {
      const said = JSON.parse(body) as Record<string, string>
      documents.set(said.document ?? '', said)
      return Response.json({}, { status: 201 })
    }
    const found = documents.get(id)
    if (found === undefined) return Response.json({ status: 'not_found' }, { status: 404 })
    return Response.json({ document: id, sha256: await sha256(utf8(found.content ?? '')) })
  }

  async function held(instanceID: string): Promise<Response> {
    const found = kept.get(instanceID)
    if (found === undefined) return Response.json({ status: 'not_found' }, { status: 404 })
    const files = await Promise.all([...found.files].map(async ([name, content]) =>
      ({ name, size: content.length, sha256: await sha256(content) })))
    return Response.json({ instance_id: instanceID, xml_sha256: await sha256(found.xml), files })
  }

  return server satisfies { network: Network }
}

export type FakeServer = Awaited<ReturnType<typeof fakeServer>>

async function bytesOf(part: FormDataEntryValue | Blob | null): Promise<Bytes> {
  return part instanceof Blob ? new Uint8Array(await part.arrayBuffer()) : utf8(part ?? '')
}

function xmlRefusal(status: number, word: string): Response {
  const xml = `<OpenRosaResponse><message nature="submit_error">不行。 No. (${word}; instanceID: uuid:1)</message></OpenRosaResponse>`
  return new Response(xml, { status, headers: { 'Content-Type': 'text/xml; charset=utf-8' } })
}

function broken(): ReadableStream {
  return new ReadableStream({ pull: (controller) => controller.error(new TypeError('network')) })
}
