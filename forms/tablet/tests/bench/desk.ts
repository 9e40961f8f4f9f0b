/** A small desk over IndexedDB, so that a killed page finds its visit again. Nothing is sealed here: it is a bench. */
import { type IDBPDatabase, openDB } from 'idb'

import type { VisitDesk } from '../../src/tablet'
import type { Attachment, Draft, Module, Visit } from '../../src/trade'

const VISIT = 'visit'

export async function deskOf(module: Module): Promise<VisitDesk & { signed: Map<string, string> }> {
  const db = await openDB('bench', 1, { upgrade: (fresh) => { for (const name of ['rows', 'files']) fresh.createObjectStore(name) } })
  const visit: Visit = (await db.get('rows', VISIT)) ?? {
    visitId: 'v1', officerId: 1, secondOfficerId: 2, taskId: null, venueId: 1, startedAt: new Date().toISOString(), place: null, modules: [module],
  }
  const signed = new Map<string, string>()
  const sign = async (instanceID: string, xml: string) => void signed.set(instanceID, xml)
  const absent = () => Promise.reject(new Error('the bench has no documents'))
  const papers = { filled: absent, papers: absent, makePaper: absent, settlePaper: absent }
  return { visit, signed, sign, ...papers, ...saving(db, visit), ...files(db) }
}

function saving(db: IDBPDatabase, visit: Visit): Pick<VisitDesk, 'save' | 'draft' | 'saveDraft'> {
  return {
    async save(change) {
      await db.put('rows', Object.assign(visit, change), VISIT)
    },
    draft: async (instanceID) => (await db.get('rows', instanceID)) ?? null,
    async saveDraft(draft: Draft) {
      await db.put('rows', draft, draft.instanceID)
    },
  }
}

function files(db: IDBPDatabase): Pick<VisitDesk, 'keepAttachment' | 'attachment' | 'attachments' | 'removeAttachment'> {
  const key = (instanceID: string, name: string) => `${instanceID} ${name}`
  type Kept = { facts: Attachment; content: Blob }
  return {
    async keepAttachment(facts, content) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer()))
      const kept = { ...facts, size: content.size, sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') }
      await db.put('files', { facts: kept, content }, key(facts.instanceID, facts.name))
      return kept
    },
    attachment: async (instanceID, name) => ((await db.get('files', key(instanceID, name))) as Kept | undefined)?.content ?? null,
    attachments: async (instanceID) => ((await db.getAll('files')) as Kept[]).map((one) => one.facts).filter((one) => one.instanceID === instanceID),
    removeAttachment: (instanceID, name) => db.delete('files', key(instanceID, name)),
  }
}
