/** Documents of visits, what they are made from, and the numbers that they bear. Whoever calls seals and opens. */
import { DURABLE, type FilledRow, type ItemRow, type NumberRow, type PaperRow, type Store } from './schema'

export const numberRows = (store: Store): Promise<NumberRow[]> => store.getAll('numbers')
export const paperRows = (store: Store): Promise<PaperRow[]> => store.getAll('papers')
export const papersOf = (store: Store, visitId: string): Promise<PaperRow[]> => store.getAllFromIndex('papers', 'visitId', visitId)

export async function filledRow(store: Store, instanceID: string): Promise<FilledRow | null> {
  return (await store.get('filled', instanceID)) ?? null
}

export async function paperRow(store: Store, id: string): Promise<PaperRow | null> {
  return (await store.get('papers', id)) ?? null
}

/** A document and the number that it bears, in one change. Whether it was kept: no number is borne twice. */
export async function keepPaper(store: Store, row: PaperRow, number: NumberRow | null): Promise<boolean> {
  const work = store.transaction(['papers', 'numbers'], 'readwrite', DURABLE)
  const isFree = number === null || (await work.objectStore('numbers').get(number.id)) === undefined
  if (isFree) {
    await work.objectStore('papers').put(row)
    if (number !== null) await work.objectStore('numbers').put(number)
  }
  await work.done
  return isFree
}

/** What became of a document, of its number, and that it waits to be sent. Whether it was kept: this is decided once. */
export async function settlePaper(store: Store, row: PaperRow, became: NumberRow['became'], item: ItemRow | null): Promise<boolean> {
  const work = store.transaction(['papers', 'numbers', 'items'], 'readwrite', DURABLE)
  const isOpen = (await work.objectStore('papers').get(row.id))?.open === true
  if (isOpen) {
    await work.objectStore('papers').put({ ...row, open: false })
    if (item !== null) await work.objectStore('items').put(item)
    for (const number of await work.objectStore('numbers').getAll())
      if (number.document === row.id) await work.objectStore('numbers').put({ ...number, became })
  }
  await work.done
  return isOpen
}

export async function changeNumber(store: Store, row: NumberRow): Promise<void> {
  const work = store.transaction('numbers', 'readwrite', DURABLE)
  await work.store.put(row)
  await work.done
}

/** Numbers of which the office had heard before it made the package that is held now: no package brings them again. */
export async function forgetTold(store: Store, told: NumberRow[]): Promise<void> {
  const work = store.transaction('numbers', 'readwrite', DURABLE)
  for (const { id } of told) void work.store.delete(id)
  await work.done
}
