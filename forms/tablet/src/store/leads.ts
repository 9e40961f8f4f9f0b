/** A lead with its pictures, and that it waits to be sent: all of it in one change. Whoever calls seals. */
import { DURABLE, type AttachmentRow, type ItemRow, type ModuleRow, type Store, type VisitRow } from './schema'

export async function keepLead(store: Store, row: VisitRow, record: ModuleRow, files: AttachmentRow[], items: ItemRow[]): Promise<void> {
  const change = store.transaction(['visits', 'modules', 'attachments', 'items'], 'readwrite', DURABLE)
  void change.objectStore('visits').put(row)
  void change.objectStore('modules').put(record)
  for (const file of files) void change.objectStore('attachments').put(file)
  for (const item of items) void change.objectStore('items').put(item)
  await change.done
}
