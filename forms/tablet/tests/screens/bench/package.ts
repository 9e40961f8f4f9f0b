/** The sections of a package as docs/package.md describes them, unpacked for the bench. */
import type { FormInfo, Licence, Position, Site, SiteKind, Venue } from '../../../src/trade'

interface Shape { points?: number[]; rings?: number[][][] }
type Row = Record<string, unknown>
export interface Unpacked { venues: Map<number, Venue>; sites: Map<number, Site>; law: unknown; forms: FormInfo[] }

export function readPackage(packed: unknown): Unpacked {
  const sections = packed as { venues: Record<string, unknown[]>; sites: Record<string, unknown[]>; law: unknown; forms: FormInfo[] }
  const venues = rows(sections.venues).map(venue)
  const sites = rows(sections.sites).map(site)
  return {
    venues: new Map(venues.map((one) => [one.id, one])), sites: new Map(sites.map((one) => [one.id, one])),
    law: sections.law, forms: sections.forms,
  }
}

function rows(columns: Record<string, unknown[]>): Row[] {
  const names = Object.keys(columns)
  return (columns.id ?? []).map((_, at) => Object.fromEntries(names.map((name) => [camel(name), columns[name]?.[at]])))
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

function venue(row: Row): Venue {
  const position = row.lon === null ? null : ([Number(row.lon) / 1e6, Number(row.lat) / 1e6] as const)
  const licences = (row.licences as [string, string, string | null, string | null][]).map(
    ([activity, number, issued, expires]): Licence => ({ activity, number, issued, expires }),
  )
  return { ...(row as unknown as Venue), position, licences }
}

function site(row: Row): Site {
  const place = row.place as Shape | null
  const gates = row.gates as Shape | null
  return {
    ...(row as unknown as Site), kind: row.kind as SiteKind, gates: gates?.points ? corners(gates.points) : [],
    place: place === null ? null : place.points ? { points: corners(place.points) } : { rings: (place.rings ?? []).map((one) => one.map(corners)) },
  }
}

/** Whole micro-degrees: the first corner, then the steps to the next. */
function corners(steps: number[]): Position[] {
  let [x, y] = [0, 0]
  return Array.from({ length: steps.length / 2 }, (_, at) => {
    x += steps[2 * at] ?? 0
    y += steps[2 * at + 1] ?? 0
    return [x / 1e6, y / 1e6]
  })
}
