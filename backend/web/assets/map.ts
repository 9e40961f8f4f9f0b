/** The map of the desk. Without WebGL the page shows a picture instead; the table below it says the same. */
import maplibregl from 'maplibre-gl/dist/maplibre-gl-csp'
import 'maplibre-gl/dist/maplibre-gl.css'

import type { Config } from './map/config'
import { FEW, hatching, styleOf, TAPPED } from './map/looks'
import { panelOf } from './map/panel'
import './map/map.css'

function hasWebGL(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null
}

function draw(figure: HTMLElement, config: Config): void {
  const place = figure.querySelector<HTMLElement>('#map')
  const picked = figure.querySelector<HTMLElement>('#map-picked')
  if (!place || !picked) return
  maplibregl.setWorkerUrl(config.worker)
  place.replaceChildren()
  const map = new maplibregl.Map({ container: place, style: styleOf(config), bounds: config.frame, fitBoundsOptions: { padding: 24 }, attributionControl: false, maxZoom: 19 })
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }))
  map.addControl(new maplibregl.ScaleControl())
  map.on('load', () => {
    map.addImage(FEW, hatching())
    const placed = config.shows === 'points' ? Promise.resolve() : addPlaces(map, config)
    void placed.then(async () => {
      const settled = map.once('idle')
      map.triggerRepaint()
      await settled
      figure.dataset.drawn = config.shows
    }).catch(() => picked.replaceChildren(config.words.failed))
  })
  map.on('click', ({ point }) => {
    const layers = TAPPED.filter((name) => map.getLayer(name))
    const [feature] = map.queryRenderedFeatures([[point.x - 6, point.y - 6], [point.x + 6, point.y + 6]], { layers })
    if (feature) picked.replaceChildren(panelOf(feature, config))
  })
}

async function addPlaces(map: maplibregl.Map, config: Config): Promise<void> {
  const answer = await fetch(config.places)
  if (!answer.ok) throw new Error(String(answer.status))
  const source = map.getSource<maplibregl.GeoJSONSource>('places')
  source?.setData((await answer.json()) as GeoJSON.FeatureCollection)
}

const figure = document.getElementById('map-figure')
if (figure?.dataset.map) {
  if (hasWebGL()) draw(figure, JSON.parse(figure.dataset.map) as Config)
  else figure.querySelector('#map')?.replaceWith((document.getElementById('map-still') as HTMLTemplateElement).content)
}
