/** A PMTiles file of the owner, drawn calmly whether its layers are named as Protomaps or as OpenMapTiles name them. */
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import maplibregl from 'maplibre-gl/dist/maplibre-gl-csp'
import { Protocol } from 'pmtiles'

import { type Beneath, growing, LAND, ROAD, ROAD_EDGE } from './below'
import type { Below } from './config'

const [WATER, GREEN, BUILT, INK] = ['#d4e3ee', '#e4eee4', '#e9ecef', '#5a6773']
const GREENS = ['park', 'nature_reserve', 'forest', 'wood', 'grass', 'grassland', 'garden', 'cemetery', 'golf_course', 'scrub', 'farmland', 'meadow', 'recreation_ground']
const MAIN = ['highway', 'major_road', 'motorway', 'trunk', 'primary', 'secondary', 'tertiary']
const PLACES = ['locality', 'neighbourhood', 'macrohood', 'city', 'town', 'suburb', 'village', 'quarter']

const kind: ExpressionSpecification = ['coalesce', ['get', 'kind'], ['get', 'class'], ''] // Protomaps; OpenMapTiles
const isOf = (known: string[]): ExpressionSpecification => ['match', kind, known, true, false]
const isArea: FilterSpecification = ['==', '$type', 'Polygon']
const isLine: FilterSpecification = ['==', '$type', 'LineString']
const wide: ExpressionSpecification = ['match', kind, MAIN, 5, 2.5]
const name: ExpressionSpecification = document.documentElement.lang.startsWith('zh')
  ? ['coalesce', ['get', 'name:zh-Hans'], ['get', 'name:zh'], ['get', 'name'], '']
  : ['coalesce', ['get', 'name:en'], ['get', 'name'], '']

export function beneathOf(below: Extract<Below, { kind: 'archive' }>): Beneath {
  maplibregl.addProtocol('pmtiles', new Protocol().tile)
  const tiles = [`pmtiles://${new URL(below.address, location.href).href}/{z}/{x}/{y}`]
  const [minzoom, maxzoom] = below.zooms
  return {
    sources: { owner: { type: 'vector', tiles, minzoom, maxzoom, bounds: below.box } },
    layers: [
      ...['earth', 'landcover', 'landuse', 'park'].map((layer) => fill(layer, layer === 'earth' ? LAND : GREEN, layer === 'earth' ? isArea : isOf(GREENS))),
      fill('water', WATER, isArea),
      ...['water', 'waterway'].map((layer) => line(layer, WATER, growing(2), isLine)),
      ...['buildings', 'building'].map((layer) => fill(layer, BUILT, isArea, 15)),
      ...['roads', 'transportation'].flatMap((layer) => [
        line(layer, ROAD_EDGE, growing(wide, 1.5), isLine, '-edge'),
        line(layer, ROAD, growing(wide), isLine),
      ]),
      ...['roads', 'transportation_name'].map((layer) => words(layer, 'line', 11, isOf(MAIN), 14)),
      ...['places', 'place'].map((layer) => words(layer, 'point', 13, isOf(PLACES))),
    ],
  }
}

function fill(layer: string, colour: string, filter: FilterSpecification, minzoom = 0): LayerSpecification {
  return { id: `owner-${layer}-fill`, type: 'fill', source: 'owner', 'source-layer': layer, minzoom, filter, paint: { 'fill-color': colour } }
}

function line(layer: string, colour: string, width: ExpressionSpecification, filter: FilterSpecification, which = ''): LayerSpecification {
  return {
    id: `owner-${layer}-line${which}`, type: 'line', source: 'owner', 'source-layer': layer, filter,
    layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': colour, 'line-width': width },
  }
}

/** Names, drawn with the fonts of this machine: no style names a host for them. */
function words(layer: string, along: 'line' | 'point', size: number, filter: FilterSpecification, minzoom = 0): LayerSpecification {
  return {
    id: `owner-${layer}-words`, type: 'symbol', source: 'owner', 'source-layer': layer, minzoom, filter,
    layout: { 'text-field': name, 'text-size': size, 'symbol-placement': along },
    paint: { 'text-color': INK, 'text-halo-color': LAND, 'text-halo-width': 1.5 },
  }
}
