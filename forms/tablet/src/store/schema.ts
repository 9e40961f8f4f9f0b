/**
 * What lies on the tablet's disk, store by store. In the clear stand only numbers, states, sizes and hashes, so that a
 * rescue file can be made without any unlock; what an officer wrote, and the register, are sealed.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

import type { Instant, ItemState, Proposal } from '../trade'
import type { Bytes } from '../vault/bytes'
import type { Envelope, Handed } from '../vault/device'
import type { Unlock } from '../vault/unlock'

/** This tablet. Without `token` it was never let in: the key waits for an answer that may have been lost. */
export interface DeviceRow {
  keys: CryptoKeyPair
  /** Seals what must be sent without any officer; like `keys` it cannot be taken out. */
  sealing: CryptoKey
  id: number | null
  name: string
  token: string | null
  packageKey: Bytes | null
  rescueKey: Bytes | null
}

/** The highest time ever seen, and by how much this tablet's clock is behind the server's. */
export interface ClockRow { highest: number; behindMs: number }

export interface OfficerRow {
  id: number
  login: string
  name: string
  certificateNo: string | null
  certificateValidTo: string | null
  agency?: string | null
  publicKey: Bytes
  unlock: Unlock | null
  wrongTries: number
}

/** A package that was verified. `wraps` holds its key for each officer; for `unnumbered` kinds the office has no series. */
export interface PackageRow {
  version: string
  madeAt: Instant
  expiresAt: Instant
  takenAt: Instant
  wraps: Record<number, Bytes>
  unnumbered?: string[]
}

export interface FormRow { id: string; version: string; xml: string }

/** A visit's key as the server opens it, and with which of its keys. */
export interface ServerWrap { keyId: string; wrapped: Bytes }

/**
 * A visit: `sealed` is all that is said about it, `open` counts the modules that are not signed yet. `server` is null
 * where no rescue key was known; `moved` is there once its task was taken away. A `lead` lies here like a visit, and
 * is none.
 */
export interface VisitRow {
  visitId: string
  officerId: number
  lead?: true
  open: number
  wrapped: { officer: Bytes; server: ServerWrap | null }
  sealed: Blob
  moved?: Blob | undefined
}

/** A module: the XML as it is sent, sealed, and beside it what only this tablet needs. */
export interface ModuleRow {
  instanceID: string
  visitId: string
  state: 'open' | 'signed'
  bytes: number
  sha256: string
  sealed: Blob
  sealedSha256: string
  aside: Blob
  envelope: (Envelope & { signature: string }) | null
}

export interface AttachmentRow {
  instanceID: string
  name: string
  visitId: string
  bytes: number
  sha256: string
  sealed: Blob
  sealedSha256: string
  aside: Blob
}

/** One thing to be sent; `name` is '' for the record itself, or for a document (`paper`), by whose id it is then known. `upload` is where a large file goes on. */
export interface ItemRow {
  instanceID: string
  name: string
  paper?: true
  visitId: string
  bytes: number
  sha256: string
  state: ItemState
  reason: string | null
  tries: number
  notBefore: number
  upload: string | null
  changedAt: Instant
}

/** What documents of a signed module are made from: it stays when the module has left, and goes with the visit. */
export interface FilledRow { instanceID: string; visitId: string; sealed: Blob }

/** A document that was made. `open` until it is handed over or spoilt. */
export interface PaperRow { id: string; visitId: string; open: boolean; sealed: Blob; content?: PaperContent }

/** A document that was handed over, as it is sent, and what is signed beside it; it leaves once the server has it. */
export interface PaperContent {
  bytes: number
  sha256: string
  sealed: Blob
  sealedSha256: string
  handed: Handed & { signature: string }
}

/** A number that a document here bears, in the clear: the office must hear of it whatever becomes of the unlock. */
export interface NumberRow {
  id: number
  document: string
  /** Null until it is known what the document became: before that there is nothing to tell. */
  became: { used_at: Instant } | { because: 'spoilt' | 'wrong' | 'other' } | null
  state: 'here' | 'told' | 'refused'
  reason: string | null
}

/** A proposal: what is said lies under the tablet's own key, because it is sent after every unlock has ended, too. */
export type ProposalRow = Omit<Proposal, 'changes'> & { sealed: Blob }

export interface Schema extends DBSchema {
  device: { key: 'this'; value: DeviceRow }
  clock: { key: 'this'; value: ClockRow }
  officers: { key: number; value: OfficerRow }
  package: { key: 'this'; value: PackageRow }
  sections: { key: string; value: Blob }
  forms: { key: [id: string, version: string]; value: FormRow }
  visits: { key: string; value: VisitRow }
  modules: { key: string; value: ModuleRow; indexes: { visitId: string } }
  attachments: { key: [instanceID: string, name: string]; value: AttachmentRow; indexes: { instanceID: string } }
  items: { key: [instanceID: string, name: string]; value: ItemRow; indexes: { instanceID: string } }
  proposals: { key: string; value: ProposalRow }
  filled: { key: string; value: FilledRow; indexes: { visitId: string } }
  papers: { key: string; value: PaperRow; indexes: { visitId: string } }
  numbers: { key: number; value: NumberRow }
}

export type Store = IDBPDatabase<Schema>

/** What each version of the app added; a tablet that comes from an older one gets the rest. */
const ADDED: ((store: Store) => void)[] = [
  (store) => {
    for (const one of ['device', 'clock', 'package', 'sections'] as const) store.createObjectStore(one)
    store.createObjectStore('officers', { keyPath: 'id' })
    store.createObjectStore('forms', { keyPath: ['id', 'version'] })
    store.createObjectStore('visits', { keyPath: 'visitId' })
    store.createObjectStore('proposals', { keyPath: 'uuid' })
    store.createObjectStore('modules', { keyPath: 'instanceID' }).createIndex('visitId', 'visitId')
    for (const one of ['attachments', 'items'] as const)
      store.createObjectStore(one, { keyPath: ['instanceID', 'name'] }).createIndex('instanceID', 'instanceID')
  },
  (store) => {
    store.createObjectStore('filled', { keyPath: 'instanceID' }).createIndex('visitId', 'visitId')
    store.createObjectStore('papers', { keyPath: 'id' }).createIndex('visitId', 'visitId')
    store.createObjectStore('numbers', { keyPath: 'id' })
  },
]

/** Open the tablet's disk; a tablet that is new gets it empty. */
export async function openStore(name = 'humiao'): Promise<Store> {
  return openDB<Schema>(name, ADDED.length, {
    upgrade(store, held) {
      for (const add of ADDED.slice(held)) add(store)
    },
  })
}

/** A change that is on the disk, not only on its way, when its promise is kept. */
export const DURABLE = { durability: 'strict' } as const
