/** The lists that a checklist reads, cut down to the venue of the visit and the sites near it: 22,000 rows take seconds. */
import type { Position, Site, Venue } from '../trade'

/** Files by name, as backend/intake/lists.py writes them: CSV with a row for the venue, and one for each site. */
export function entityLists(venue: Venue | null, near: readonly Site[], activity: string): Record<string, string> {
  const venues = venue ? [rowOf(venue, activity)] : []
  const sites = near.map((site) => [site.id, site.name ?? '', site.kind, ...shown(pointOf(site))])
  return {
    'venues.csv': csv([['id', 'name', 'address', 'activity', 'licence_number', 'lon', 'lat'], ...venues]),
    'sites.csv': csv([['id', 'name', 'kind', 'lon', 'lat'], ...sites]),
  }
}

type Cell = string | number

function rowOf(venue: Venue, activity: string): Cell[] {
  const licence = venue.licences.findLast((one) => one.activity === activity)
  const name = venue.name ?? venue.address ?? String(venue.id)
  return [venue.id, name, venue.address ?? '', activity, licence?.number ?? '', ...shown(venue.position)]
}

/** A point to show a site by; distances are never measured from it. */
function pointOf(site: Site): Position | null {
  if (site.place === null) return site.gates[0] ?? null
  return 'points' in site.place ? (site.place.points[0] ?? null) : (site.place.rings[0]?.[0]?.[0] ?? null)
}

function shown(position: Position | null): [string, string] {
  return position ? [position[0].toFixed(7), position[1].toFixed(7)] : ['', '']
}

function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(quoted).join(',')}\n`).join('')
}

function quoted(cell: Cell): string {
  const text = String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
