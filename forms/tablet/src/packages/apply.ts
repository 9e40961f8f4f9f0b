/** Sections put to what is held: `full` replaces, `changes` adds rows and takes away those that are gone. */
import type { Described } from './verify'

/** Rows as a package carries them: each field a list of equal length. */
export type Columns = Record<string, unknown[]> & { id: number[] }
export interface Rows { rows: Columns; gone?: number[] }

type Held = (name: string) => Promise<unknown>

/** What is held afterwards of the sections that came, by name. */
export async function applied(
  sections: { described: Described; content: unknown }[], held: Held,
): Promise<Map<string, unknown>> {
  const now = new Map<string, unknown>()
  for (const { described, content } of sections) {
    const { name, kind } = described
    if (kind === 'full') now.set(name, content)
    else now.set(name, merged((now.get(name) ?? (await held(name)) ?? { rows: { id: [] } }) as Rows, content as Rows))
  }
  return now
}

/** The rows of both, those that came instead of those held; in the order of their numbers. */
export function merged(held: Rows, came: Rows): Rows {
  const replaced = new Set([...came.rows.id, ...(came.gone ?? [])])
  const gone = new Set(came.gone ?? [])
  const kept = indexes(held.rows.id, (id) => !replaced.has(id)).map((at) => [held.rows, at] as const)
  const added = indexes(came.rows.id, (id) => !gone.has(id)).map((at) => [came.rows, at] as const)
  const id = ([rows, at]: readonly [Columns, number]) => rows.id[at] ?? 0
  const all = [...kept, ...added].sort((a, b) => id(a) - id(b))
  const fields = Object.keys(came.rows.id.length > 0 ? came.rows : { ...came.rows, ...held.rows })
  const column = (field: string) => all.map(([rows, at]) => rows[field]?.[at] ?? null)
  return { rows: Object.fromEntries(fields.map((field) => [field, column(field)])) as Columns }
}

function indexes(ids: number[], wanted: (id: number) => boolean): number[] {
  return [...ids.keys()].filter((at) => wanted(ids[at] ?? 0))
}
