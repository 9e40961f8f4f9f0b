/** The map over the sketch: the school's outline, gates and ring by the register, and what is being marked. */
import type { GeoJSONSource, LayerSpecification } from 'maplibre-gl'

import type { Sheet as MapSheet } from '../map/config'
import { EMPTY, SITES, styleOf } from '../map/looks'
import { openMap } from '../map/open'
import type { Marks, Sheet, Tapped } from './sheet'

type Config = MapSheet & { css: string }

export async function onMap(sheet: HTMLElement, tapped: Tapped): Promise<Sheet> {
  const config = JSON.parse(sheet.dataset.map ?? '{}') as Config
  const sketch = sheet.querySelector('figure')
  const place = Object.assign(document.createElement('div'), { className: 'map', id: 'map' })
  await styled(config.css)
  const style = await styleOf(config, { marked: { type: 'geojson', data: EMPTY } }, [...SITES, ...MARKS])
  sketch?.before(place)
  try {
    const map = openMap(place, config, { style, cooperativeGestures: true })
    await map.once('load')
    map.on('click', ({ lngLat }) => tapped(lngLat.lng, lngLat.lat))
    sketch?.setAttribute('hidden', '')
    sheet.dataset.drawn = 'map'
    return { show: (marks) => void map.getSource<GeoJSONSource>('marked')?.setData(features(marks)) }
  } catch (problem) {
    place.remove()
    throw problem
  }
}

function styled(address: string): Promise<unknown> {
  return new Promise((loaded, failed) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address, onload: loaded, onerror: failed }))
  })
}

function features({ gates, corners }: Marks): GeoJSON.FeatureCollection {
  const point = (coordinates: number[], said: GeoJSON.GeoJsonProperties): GeoJSON.Feature => ({ type: 'Feature', properties: said, geometry: { type: 'Point', coordinates } })
  const [first] = corners
  const wall: GeoJSON.Feature[] = first && corners.length > 1 ? [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [...corners, first] } }] : []
  return {
    type: 'FeatureCollection',
    features: [...wall, ...gates.map((gate) => point(gate, { is: 'gate' })), ...corners.map((corner, at) => point(corner, { is: 'corner', number: at + 1 }))],
  }
}

const [MARKED, PAPER] = ['#d97700', '#ffffff']
const MARKS: LayerSpecification[] = [
  { id: 'wall', type: 'line', source: 'marked', filter: ['==', '$type', 'LineString'], paint: { 'line-color': MARKED, 'line-width': 3, 'line-dasharray': [2, 1] } },
  { id: 'corners', type: 'circle', source: 'marked', filter: ['==', 'is', 'corner'], paint: { 'circle-color': PAPER, 'circle-radius': 9, 'circle-stroke-color': MARKED, 'circle-stroke-width': 2 } },
  { id: 'numbers', type: 'symbol', source: 'marked', filter: ['==', 'is', 'corner'], layout: { 'text-field': ['to-string', ['get', 'number']], 'text-size': 12, 'text-allow-overlap': true } },
  { id: 'new-gates', type: 'circle', source: 'marked', filter: ['==', 'is', 'gate'], paint: { 'circle-color': 'transparent', 'circle-radius': 10, 'circle-stroke-color': MARKED, 'circle-stroke-width': 4 } },
]
