/** What is to be sent and how far it is; content goes only together with the word that the server holds all of it. */
import { DURABLE, type ItemRow, type ProposalRow, type Store } from './schema'

export const itemRows = (store: Store): Promise<ItemRow[]> => store.getAll('items')
export const proposalRows = (store: Store): Promise<ProposalRow[]> => store.getAll('proposals')

export async function itemsOf(store: Store, instanceID: string): Promise<ItemRow[]> {
  return store.getAllFromIndex('items', 'instanceID', instanceID)
}

/** Change what is kept of an item, whatever else of it was changed meanwhile. */
export async function changeItem(store: Store, { instanceID, name }: ItemRow, change: Partial<ItemRow>): Promise<void> {
  const work = store.transaction('items', 'readwrite', DURABLE)
  const kept = await work.store.get([instanceID, name])
  if (kept !== undefined) await work.store.put({ ...kept, ...change })
  await work.done
}

/** The server holds a whole module, or a document: note it, and let its content leave the tablet, in one change. */
export async function removeContent(store: Store, items: ItemRow[]): Promise<void> {
  const work = store.transaction(['items', 'modules', 'attachments', 'papers'], 'readwrite', DURABLE)
  for (const item of items) {
    void work.objectStore('items').put(item)
    if (item.paper) {
      const paper = await work.objectStore('papers').get(item.instanceID)
      delete paper?.content
      if (paper !== undefined) void work.objectStore('papers').put(paper)
    } else if (item.name === '') void work.objectStore('modules').delete(item.instanceID)
    else void work.objectStore('attachments').delete([item.instanceID, item.name])
  }
  await work.done
}

/**
 * Visits that are wholly on the server, and gone from here, leave the list with the next package, and their documents
 * with them. One with a document that is neither handed over nor spoilt stays until somebody says which.
 */
export async function forgetRemoved(store: Store): Promise<void> {
  const work = store.transaction(['items', 'modules', 'visits', 'papers', 'filled'], 'readwrite', DURABLE)
  const items = await work.objectStore('items').getAll()
  const drafts = await work.objectStore('modules').getAll()
  const begun = (await work.objectStore('visits').getAll()).filter(({ open }) => open > 0)
  const papers = await work.objectStore('papers').getAll()
  const filled = await work.objectStore('filled').getAll()
  const unsettled = papers.filter(({ open }) => open)
  const kept = new Set([...items.filter(({ state }) => state !== 'removable'), ...drafts, ...begun, ...unsettled].map(({ visitId }) => visitId))
  for (const { instanceID, name, visitId } of items.filter((one) => !kept.has(one.visitId))) {
    void work.objectStore('items').delete([instanceID, name])
    void work.objectStore('visits').delete(visitId)
    for (const { id } of papers.filter((one) => one.visitId === visitId)) void work.objectStore('papers').delete(id)
  }
  for (const one of filled.filter(({ visitId }) => !kept.has(visitId))) void work.objectStore('filled').delete(one.instanceID)
  await work.done
}

/** Proposals that the server has; what it does not have yet stays. */
export async function forgetProposals(store: Store): Promise<void> {
  const work = store.transaction('proposals', 'readwrite', DURABLE)
  for (const { uuid, state } of await work.store.getAll()) if (state !== 'here') void work.store.delete(uuid)
  await work.done
}

export async function keepProposal(store: Store, row: ProposalRow): Promise<void> {
  const work = store.transaction('proposals', 'readwrite', DURABLE)
  await work.store.put(row)
  await work.done
}
