/** What lies beneath the register: sources and layers, calm, so that venues and schools stand out. */
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl'

import { type Sheet, tilesOf } from './config'

export interface Beneath { sources: Record<string, SourceSpecification>; layers: LayerSpecification[] }

export const [LAND, EDGE, ROAD, ROAD_EDGE] = ['#f4f6f8', '#9aa5b1', '#ffffff', '#d3dae1']
const MAIN = ['trunk', 'primary', 'secondary', 'tertiary']

/** The edges of areas are ours on every map. */
export async function beneath(sheet: Sheet): Promise<Beneath> {
  const { sources, layers } = await chosen(sheet)
  const base: SourceSpecification = { type: 'vector', tiles: [tilesOf(sheet.base)], maxzoom: 16 }
  return { sources: { base, ...sources }, layers: [{ id: 'land', type: 'background', paint: { 'background-color': LAND } }, ...layers, AREAS] }
}

async function chosen({ below }: Sheet): Promise<Beneath> {
  switch (below.kind) {
    case 'own': return { sources: {}, layers: ROADS }
    case 'archive': return (await import('./archive')).beneathOf(below)
    case 'tianditu': return {
      sources: Object.fromEntries(below.tiles.map((tiles, at) => [`tianditu-${at}`, { type: 'raster', tiles, tileSize: 256, minzoom: 1, maxzoom: 18 }])),
      layers: below.tiles.map((_, at) => ({ id: `tianditu-${at}`, type: 'raster', source: `tianditu-${at}`, paint: { 'raster-saturation': -0.5 } })),
    }
  }
}

/** A line that grows with the zoom; `wide` is its width in the middle of a town, zoom 15. */
export function growing(wide: ExpressionSpecification | number, more = 0): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.5], ['zoom'], 10, ['+', ['*', 0.15, wide], more * 0.3], 15, ['+', wide, more], 19, ['+', ['*', 4, wide], more]]
}

const WIDE: ExpressionSpecification = ['match', ['get', 'kind'], MAIN, 5, ['footway', 'path', 'steps', 'pedestrian', 'service'], 1.5, 3]
const ROADS: LayerSpecification[] = [
  { id: 'roads-edge', type: 'line', source: 'base', 'source-layer': 'roads', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': ROAD_EDGE, 'line-width': growing(WIDE, 1.5) } },
  { id: 'roads', type: 'line', source: 'base', 'source-layer': 'roads', minzoom: 13, layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': ROAD, 'line-width': growing(WIDE) } },
]
/** Districts with a heavier line than their street-towns, whose codes are longer. */
const AREAS: LayerSpecification = {
  id: 'areas', type: 'line', source: 'base', 'source-layer': 'areas',
  paint: { 'line-color': EDGE, 'line-width': ['case', ['>', ['length', ['get', 'code']], 6], 0.75, 1.5] },
}
