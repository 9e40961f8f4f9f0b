/** Visits with their modules and attachments, as sealed rows. Whoever calls seals and opens. */
import { DURABLE, type AttachmentRow, type FilledRow, type ItemRow, type ModuleRow, type Store, type VisitRow } from './schema'

export const visitRows = (store: Store): Promise<VisitRow[]> => store.getAll('visits')
export const moduleRows = (store: Store): Promise<ModuleRow[]> => store.getAll('modules')
export const attachmentRows = (store: Store): Promise<AttachmentRow[]> => store.getAll('attachments')

export async function visitRow(store: Store, visitId: string): Promise<VisitRow | null> {
  return (await store.get('visits', visitId)) ?? null
}

export async function moduleRow(store: Store, instanceID: string): Promise<ModuleRow | null> {
  return (await store.get('modules', instanceID)) ?? null
}

export async function attachmentRow(store: Store, instanceID: string, name: string): Promise<AttachmentRow | null> {
  return (await store.get('attachments', [instanceID, name])) ?? null
}

export async function attachmentsOf(store: Store, instanceID: string): Promise<AttachmentRow[]> {
  return store.getAllFromIndex('attachments', 'instanceID', instanceID)
}

export async function keepVisit(store: Store, row: VisitRow): Promise<void> {
  const change = store.transaction('visits', 'readwrite', DURABLE)
  await putVisit(change.store, row)
  await change.done
}

/** What became of its task stands beside a visit; whoever writes the visit need not have heard of it. */
export async function keepMoved(store: Store, visitId: string, moved: Blob): Promise<void> {
  const change = store.transaction('visits', 'readwrite', DURABLE)
  const held = await change.store.get(visitId)
  if (held !== undefined) await change.store.put({ ...held, moved })
  await change.done
}

interface Visits { get(visitId: string): Promise<VisitRow | undefined>; put(row: VisitRow): Promise<unknown> }

async function putVisit(visits: Visits, row: VisitRow): Promise<void> {
  const held = await visits.get(row.visitId)
  await visits.put({ ...row, moved: held?.moved })
}

/** Whether it was kept: a module that is signed by now is not written over. */
export async function keepDraft(store: Store, row: ModuleRow): Promise<boolean> {
  const change = store.transaction('modules', 'readwrite', DURABLE)
  const isOpen = (await change.store.get(row.instanceID))?.state !== 'signed'
  if (isOpen) await change.store.put(row)
  await change.done
  return isOpen
}

/** Whether it was kept: a signed module takes no more files. */
export async function keepFile(store: Store, row: AttachmentRow): Promise<boolean> {
  return changeFiles(store, row.instanceID, (files) => files.put(row))
}

export async function removeFile(store: Store, instanceID: string, name: string): Promise<boolean> {
  return changeFiles(store, instanceID, (files) => files.delete([instanceID, name]))
}

async function changeFiles(
  store: Store, instanceID: string, change: (files: { put(row: AttachmentRow): unknown; delete(key: [string, string]): unknown }) => unknown,
): Promise<boolean> {
  const work = store.transaction(['modules', 'attachments'], 'readwrite', DURABLE)
  const isOpen = (await work.objectStore('modules').get(instanceID))?.state !== 'signed'
  if (isOpen) await change(work.objectStore('attachments'))
  await work.done
  return isOpen
}

/** A module is signed, the visit says so, and all of it waits to be sent: one change. */
export async function keepSigned(store: Store, visit: VisitRow, row: ModuleRow, items: ItemRow[], filled: FilledRow): Promise<boolean> {
  const change = store.transaction(['visits', 'modules', 'items', 'filled'], 'readwrite', DURABLE)
  const isOpen = (await change.objectStore('modules').get(row.instanceID))?.state !== 'signed'
  if (isOpen) {
    await putVisit(change.objectStore('visits'), visit)
    await change.objectStore('modules').put(row)
    await change.objectStore('filled').put(filled)
    await Promise.all(items.map((item) => change.objectStore('items').put(item)))
  }
  await change.done
  return isOpen
}
