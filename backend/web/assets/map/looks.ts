/** How things look on the map. The picture that the server draws has the same colours (map_picture.py). */
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'

import { beneath, EDGE, LAND } from './below'
import { type Config, type Sheet, tilesOf } from './config'

const LEVELS = { 0: '#eef3f8', 1: '#c4d8ea', 2: '#86b0d3', 3: '#3f7fb3', 4: '#0b4a7f', rises: '#c9791b', falls: '#2e8060', unclear: '#dfe4ea' }
const VERDICTS = { inside: '#8f1414', survey: '#8a5a00', not_configured: '#3d4466', clear: '#0a5032' }
const NONE = '#6b7885'
export const [SITE, SITE_PAPER] = ['#1a4f8b', '#cfe0f3']
export const FEW = 'few' // the name of the hatching
export const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

const chosenBy = (property: string, colours: Record<string, string>): ExpressionSpecification =>
  ['match', ['get', property], ...Object.entries(colours).flat(), NONE] as unknown as ExpressionSpecification

/** Our register over what lies beneath it. */
export async function styleOf(sheet: Sheet, sources: StyleSpecification['sources'], layers: LayerSpecification[]): Promise<StyleSpecification> {
  const below = await beneath(sheet)
  const register: SourceSpecification = { type: 'vector', tiles: [tilesOf(sheet.register)], maxzoom: 18 }
  return { version: 8, sources: { ...below.sources, register, ...sources }, layers: [...below.layers, ...layers] }
}

export function cityStyle(config: Config): Promise<StyleSpecification> {
  const places: SourceSpecification = { type: 'geojson', data: EMPTY }
  const here: SourceSpecification = { type: 'geojson', data: config.here ? { type: 'Point', coordinates: config.here } : EMPTY }
  return styleOf(config, { places, here }, [...PLACES, ...SITES, ...(config.shows === 'points' ? VENUES : []), HERE])
}

const PLACES: LayerSpecification[] = [
  { id: 'places', type: 'fill', source: 'places', filter: ['!', ['in', ['get', 'level'], ['literal', ['few', 'hidden']]]], paint: { 'fill-color': chosenBy('level', LEVELS), 'fill-opacity': 0.75 } },
  { id: 'places-few', type: 'fill', source: 'places', filter: ['in', ['get', 'level'], ['literal', ['few', 'hidden']]], paint: { 'fill-pattern': FEW, 'fill-opacity': 0.8 } },
  { id: 'places-edge', type: 'line', source: 'places', paint: { 'line-color': EDGE, 'line-width': 1 } },
  { id: 'places-more', type: 'line', source: 'places', filter: ['==', ['get', 'stands_out'], 'more'], paint: { 'line-color': VERDICTS.inside, 'line-width': 3 } },
  { id: 'places-less', type: 'line', source: 'places', filter: ['==', ['get', 'stands_out'], 'less'], paint: { 'line-color': VERDICTS.clear, 'line-width': 3, 'line-dasharray': [2, 1] } },
]

export const SITES: LayerSpecification[] = [
  { id: 'rings', type: 'line', source: 'register', 'source-layer': 'rings', minzoom: 12, paint: { 'line-color': SITE, 'line-width': 1.5, 'line-dasharray': [3, 2] } },
  { id: 'sites', type: 'fill', source: 'register', 'source-layer': 'sites', minzoom: 12, paint: { 'fill-color': SITE_PAPER, 'fill-outline-color': SITE } },
  { id: 'site-points', type: 'circle', source: 'register', 'source-layer': 'site_points', minzoom: 11, maxzoom: 14, paint: { 'circle-color': SITE, 'circle-radius': 3 } },
  { id: 'gates', type: 'circle', source: 'register', 'source-layer': 'gates', minzoom: 14, paint: { 'circle-color': LAND, 'circle-radius': 4, 'circle-stroke-color': SITE, 'circle-stroke-width': 2 } },
]

const VENUES: LayerSpecification[] = [
  {
    id: 'together', type: 'circle', source: 'register', 'source-layer': 'venues_together',
    paint: { 'circle-color': '#0b4a7f', 'circle-opacity': 0.7, 'circle-radius': ['interpolate', ['linear'], ['get', 'venues'], 1, 4, 20, 9, 500, 18] },
  },
  {
    id: 'venues', type: 'circle', source: 'register', 'source-layer': 'venues',
    paint: { 'circle-color': chosenBy('verdict', VERDICTS), 'circle-radius': 6, 'circle-stroke-color': LAND, 'circle-stroke-width': 1.5 },
  },
]

/** A ring around the place from which somebody came here. */
const HERE: LayerSpecification = {
  id: 'here', type: 'circle', source: 'here',
  paint: { 'circle-color': 'transparent', 'circle-radius': 14, 'circle-stroke-color': '#d97700', 'circle-stroke-width': 4 },
}

/** The layers that answer a tap, the topmost first. */
export const TAPPED = ['venues', 'together', 'places', 'places-few', 'sites', 'site-points']

/** Grey lines on white: too few visits to say anything. */
export function hatching(): ImageData {
  const side = 16
  const picture = new ImageData(side, side)
  for (let i = 0; i < side * side; i++) {
    const onLine = (i % side + Math.floor(i / side)) % 8 < 2
    picture.data.set(onLine ? [138, 149, 161, 255] : [255, 255, 255, 200], i * 4)
  }
  return picture
}
