/** What the page hands to its map: addresses of data, and words in the language of the page. */
export interface Config {
  shows: 'points' | 'cells' | 'areas' | 'change'
  frame: [west: number, south: number, east: number, north: number]
  base: string
  register: string
  places: string
  visits: string
  venue: string
  site: string
  around: string
  worker: string
  words: {
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
