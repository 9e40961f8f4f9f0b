/** What stands beside the map of the thing that was tapped: words and links, never markup from data. */
import type { MapGeoJSONFeature } from 'maplibre-gl'

import { type Config, type PlaceSaid, withMore } from './config'

type Link = [word: string, address: string]

export function panelOf(feature: MapGeoJSONFeature, config: Config): HTMLElement {
  const { words } = config
  const said = feature.properties
  const id = String(feature.id ?? '')
  switch (feature.sourceLayer) {
    case 'venues': {
      const lines = [words.verdicts[said.verdict as string] ?? ''].filter(Boolean)
      return panel((said.name as string | undefined) ?? words.venue, lines, [[words.venue, config.venue.replace(/0$/, id)]])
    }
    case 'venues_together':
      return panel(words.together.replace('{count}', String(said.venues)), [], [])
    case 'sites':
    case 'site_points':
      return panel((said.name as string | undefined) ?? words.site, [], [
        [words.site, config.site.replace(/0$/, id)],
        [words.around, withMore(config.around, { site_id: id, within_m: '200' })],
      ])
    default:
      return ofPlace(placeSaid(said), config)
  }
}

function ofPlace(place: PlaceSaid, config: Config): HTMLElement {
  return panel(place.name, place.lines, place.where ? [[config.words.visits, withMore(config.visits, place.where)]] : [])
}

/** MapLibre hands lists and objects back as JSON. */
function placeSaid(said: Record<string, unknown>): PlaceSaid {
  const read = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value)
  return { ...said, lines: read(said.lines), where: read(said.where) ?? null } as PlaceSaid
}

function panel(title: string, lines: string[], links: Link[]): HTMLElement {
  const made = document.createElement('div')
  made.append(element('h2', title), ...lines.map((line) => element('p', line)))
  for (const [word, address] of links) {
    const link = element('a', word)
    link.className = 'button'
    link.href = address
    made.append(link)
  }
  return made
}

function element<Name extends 'h2' | 'p' | 'a'>(name: Name, text: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
