/** The package on this tablet: sealed under its key, opened into memory while an officer is signed in. */
import type { Register } from '../tablet'
import type { Clock } from '../clock'
import { PRINTED } from '../documents/blocks'
import { behindMs, officers } from '../store/device'
import { heldPackage, keepWraps, replacePackage, section } from '../store/package'
import { numberRows } from '../store/papers'
import type { PackageRow, Store } from '../store/schema'
import type { Day } from '../trade'
import { random, type Bytes } from '../vault/bytes'
import { openBlob, seal, sealingKey } from '../vault/hms1'
import { forPackage, unwrap, wrap } from '../vault/wraps'
import { applied, type Rows } from './apply'
import { calleesOf, contactOf, oftenOf, sitesOf, taskOf, venuesOf, visitsOf, type Block, type ContactsSaid, type FormSaid, type TaskSaid } from './unpack'
import { packed, unpacked, type Received } from './verify'

const KEY = forPackage('1')
const context = (name: string) => `package:${name}`

/** Everything of a package that screens read; `formsSaid` is what forms are known by, `taken` takes a number out of the offer. */
export type Unpacked = Register & { formsSaid: FormSaid[]; taken(numberId: number): void }

/** The key of the package that is held, for an officer; null where it was never wrapped to them. */
export async function packageSecret(store: Store, officerId: number, privateKey: CryptoKey): Promise<Bytes | null> {
  const wrapped = (await heldPackage(store))?.wraps[officerId]
  return wrapped === undefined ? null : unwrap(privateKey, wrapped, KEY).catch(() => null)
}

/** Keep a package that was verified, all of it at once, readable for every officer of this tablet. */
export async function keepPackage(store: Store, received: Received, known: Bytes | null, takenAt: string): Promise<Bytes> {
  const { manifest, sections } = received
  const secret = known ?? random(32)
  const key = await sealingKey(secret)
  const contents = await applied(sections, (name) => contentOf(store, key, name))
  const sealed = new Map<string, Blob>()
  for (const [name, content] of contents) sealed.set(name, await seal(key, await packed(JSON.stringify(content)), context(name)))
  const row: PackageRow = {
    version: manifest.version, madeAt: manifest.made_at, expiresAt: manifest.expires_at, takenAt, wraps: await wrapsFor(store, secret),
  }
  await replacePackage(store, row, sealed, manifest.completes === null)
  return secret
}

/** Let an officer who came later read the package too. */
export async function shareWith(store: Store, secret: Bytes): Promise<void> {
  await keepWraps(store, await wrapsFor(store, secret))
}

async function wrapsFor(store: Store, secret: Bytes): Promise<PackageRow['wraps']> {
  const all = await officers(store)
  const wraps = all.map(async ({ id, publicKey }) => [id, await wrap(publicKey, secret, KEY)] as const)
  return Object.fromEntries(await Promise.all(wraps))
}

async function contentOf(store: Store, key: CryptoKey, name: string): Promise<unknown> {
  const sealed = await section(store, name)
  return sealed === null ? null : JSON.parse(await unpacked(await openBlob(key, sealed, context(name))))
}

/** Open what is held into memory. */
export async function unpack(store: Store, secret: Bytes, clock: Clock): Promise<Unpacked> {
  const key = await sealingKey(secret)
  const behind = await behindMs(store)
  const read = async <Content>(name: string, otherwise: Content) => ((await contentOf(store, key, name)) ?? otherwise) as Content
  const none: Rows = { rows: { id: [] } }
  const [venues, sites, law] = [await read('venues', none), await read('sites', none), await read<unknown>('law', null)]
  const { rows: tasks } = await read<{ rows: TaskSaid[] }>('tasks', { rows: [] })
  const formsSaid = await read<FormSaid[]>('forms', [])
  const visits = await read('visits', none)
  const [earlier, often] = [visitsOf(visits), oftenOf(visits)]
  const asOf = dayOf(Date.parse((await heldPackage(store))?.madeAt ?? '') || 0)
  const contacts = await read<ContactsSaid>('contacts', { agency: null, areas: [], public: [] })
  const blocks = await read<Block[]>('numbers', [])
  const borne = new Set((await numberRows(store)).map(({ id }) => id))
  return {
    venues: venuesOf(venues),
    sites: sitesOf(sites),
    tasks: tasks.map(taskOf),
    forms: formsSaid.map(({ id, version, hash, title, activity, media }) => ({ id, version, hash, title, activity, media })),
    formsSaid,
    law,
    visitsOf: (venueId) => earlier.get(venueId) ?? [],
    visitsThisYear: (venueId) => (asOf.slice(0, 4) === dayOf(clock.now() + behind).slice(0, 4) ? { count: often.get(venueId) ?? 0, asOf } : null),
    contact: contactOf(contacts),
    callees: calleesOf(contacts),
    numbers: (kind) => numbersOf(blocks, dayOf(clock.now() + behind), kind).filter(({ id }) => !borne.has(id)),
    taken: (numberId) => void borne.add(numberId),
  }
}

function numbersOf(blocks: Block[], today: Day, kind: string): { id: number; text: string }[] {
  const mine = blocks.filter((block) => block.day === today && block.kind === kind)
  return mine.flatMap((block) => block.numbers.map(([id, text]) => ({ id, text })))
}

/** How many numbers are left today of each kind of document that is printed here. */
export function numbersLeft(register: Register | null): [kind: string, left: number][] {
  return PRINTED.map((kind) => [kind, register?.numbers(kind).length ?? 0])
}

/** The day in Shanghai, where there has been no summer time since 1991. */
export function dayOf(at: number): Day {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)
}
