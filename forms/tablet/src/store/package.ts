/** The package at rest: sections sealed under its key, replaced all at once or not at all; the forms beside it. */
import { DURABLE, type FormRow, type PackageRow, type Store } from './schema'

export async function heldPackage(store: Store): Promise<PackageRow | null> {
  return (await store.get('package', 'this')) ?? null
}

export async function section(store: Store, name: string): Promise<Blob | null> {
  return (await store.get('sections', name)) ?? null
}

/** Put a package in place of the one that is held; sections that are not named stay, unless all of it is new. */
export async function replacePackage(store: Store, row: PackageRow, sections: Map<string, Blob>, isWhole: boolean): Promise<void> {
  const change = store.transaction(['package', 'sections'], 'readwrite', DURABLE)
  const held = change.objectStore('sections')
  if (isWhole) await held.clear()
  await Promise.all([...sections].map(([name, sealed]) => held.put(sealed, name)))
  await change.objectStore('package').put(row, 'this')
  await change.done
}

export async function keepWraps(store: Store, wraps: PackageRow['wraps']): Promise<void> {
  const work = store.transaction('package', 'readwrite', DURABLE)
  const held = await work.store.get('this')
  if (held !== undefined) await work.store.put({ ...held, wraps }, 'this')
  await work.done
}

export async function keepUnnumbered(store: Store, unnumbered: string[]): Promise<void> {
  const work = store.transaction('package', 'readwrite', DURABLE)
  const held = await work.store.get('this')
  if (held !== undefined) await work.store.put({ ...held, unnumbered }, 'this')
  await work.done
}

export async function form(store: Store, id: string, version: string): Promise<FormRow | null> {
  return (await store.get('forms', [id, version])) ?? null
}

/** Forms are added and never taken away while a draft may still need them. */
export async function keepForm(store: Store, row: FormRow): Promise<void> {
  await store.put('forms', row)
}

/** Destroy every officer's unlock and the package with its forms: nothing of it opens any more. */
export async function destroyKeys(store: Store): Promise<void> {
  const work = store.transaction(['officers', 'package', 'sections', 'forms'], 'readwrite', DURABLE)
  for (const one of ['officers', 'package', 'sections', 'forms'] as const) void work.objectStore(one).clear()
  await work.done
}
