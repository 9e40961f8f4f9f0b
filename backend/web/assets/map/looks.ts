/** How things look on the map. The picture that the server draws has the same colours (map_picture.py). */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'

import { type Config, tilesOf } from './config'

const LEVELS = { 0: '#eef3f8', 1: '#c4d8ea', 2: '#86b0d3', 3: '#3f7fb3', 4: '#0b4a7f', rises: '#c9791b', falls: '#2e8060', unclear: '#dfe4ea' }
const VERDICTS = { inside: '#8f1414', survey: '#8a5a00', not_configured: '#3d4466', clear: '#0a5032' }
const NONE = '#6b7885'
const [SITE, SITE_PAPER, LAND, EDGE, ROAD] = ['#1a4f8b', '#cfe0f3', '#f4f6f8', '#9aa5b1', '#ffffff']
export const FEW = 'few' // the name of the hatching

const chosenBy = (property: string, colours: Record<string, string>): ExpressionSpecification =>
  ['match', ['get', property], ...Object.entries(colours).flat(), NONE] as unknown as ExpressionSpecification

export function styleOf(config: Config): StyleSpecification {
  return {
    version: 8,
    sources: {
      base: { type: 'vector', tiles: [tilesOf(config.base)], maxzoom: 16 },
      register: { type: 'vector', tiles: [tilesOf(config.register)], maxzoom: 18 },
      places: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: [...BASE, ...PLACES, ...SITES, ...(config.shows === 'points' ? VENUES : [])],
  }
}

const BASE: LayerSpecification[] = [
  { id: 'land', type: 'background', paint: { 'background-color': LAND } },
  { id: 'areas', type: 'line', source: 'base', 'source-layer': 'areas', paint: { 'line-color': EDGE, 'line-width': 1 } },
  { id: 'roads', type: 'line', source: 'base', 'source-layer': 'roads', minzoom: 13, paint: { 'line-color': ROAD, 'line-width': 2 } },
]

const PLACES: LayerSpecification[] = [
  { id: 'places', type: 'fill', source: 'places', filter: ['!', ['in', ['get', 'level'], ['literal', ['few', 'hidden']]]], paint: { 'fill-color': chosenBy('level', LEVELS), 'fill-opacity': 0.75 } },
  { id: 'places-few', type: 'fill', source: 'places', filter: ['in', ['get', 'level'], ['literal', ['few', 'hidden']]], paint: { 'fill-pattern': FEW, 'fill-opacity': 0.8 } },
  { id: 'places-edge', type: 'line', source: 'places', paint: { 'line-color': EDGE, 'line-width': 1 } },
  { id: 'places-more', type: 'line', source: 'places', filter: ['==', ['get', 'stands_out'], 'more'], paint: { 'line-color': VERDICTS.inside, 'line-width': 3 } },
  { id: 'places-less', type: 'line', source: 'places', filter: ['==', ['get', 'stands_out'], 'less'], paint: { 'line-color': VERDICTS.clear, 'line-width': 3, 'line-dasharray': [2, 1] } },
]

const SITES: LayerSpecification[] = [
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
