/** What a page hands to its map: addresses of data, and words in the language of the page. */

/** What lies beneath: our own roads, a PMTiles file of the owner, or Tianditu's map and names. */
export type Below =
  | { kind: 'own' }
  | { kind: 'archive'; address: string; zooms: [least: number, most: number]; box: [number, number, number, number] }
  | { kind: 'tianditu'; tiles: [map: string[], names: string[]] }

export interface Sheet {
  frame: [west: number, south: number, east: number, north: number]
  below: Below
  base: string
  register: string
  worker: string
  words: { title: string; zoom_in: string; zoom_out: string; two_fingers: string; with_ctrl: string }
}

export interface Config extends Sheet {
  shows: 'points' | 'cells' | 'areas' | 'change'
  here: [lon: number, lat: number] | null
  places: string
  visits: string
  venue: string
  site: string
  around: string
  words: Sheet['words'] & {
    failed: string
    visits: string
    venue: string
    site: string
    around: string
    together: string
    verdicts: Record<string, string>
  }
}

/** What is said of a place; the page's table says the same. */
export interface PlaceSaid {
  name: string
  level: string
  stands_out: 'more' | 'less' | null
  lines: string[]
  where: Record<string, string> | null
}

/** An address with more arguments. */
export function withMore(address: string, more: Record<string, string>): string {
  const url = new URL(address, location.href)
  for (const [name, text] of Object.entries(more)) url.searchParams.set(name, text)
  return url.pathname + url.search
}

/** The address of tiles, as MapLibre names them: the page gives that of tile 0/0/0. */
export function tilesOf(address: string): string {
  return new URL(address, location.href).href.replace('/0/0/0.mvt', '/{z}/{x}/{y}.mvt')
}
