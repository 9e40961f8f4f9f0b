/** The map of the desk. Without WebGL the page shows a picture instead; the table below it says the same. */
import type { GeoJSONSource, Map } from 'maplibre-gl'

import type { Config } from './map/config'
import { cityStyle, FEW, hatching, TAPPED } from './map/looks'
import { openMap } from './map/open'
import { panelOf } from './map/panel'
import { hasWebGL } from './map/webgl'

async function draw(figure: HTMLElement, config: Config): Promise<void> {
  const place = figure.querySelector<HTMLElement>('#map')
  const picked = figure.querySelector<HTMLElement>('#map-picked')
  if (!place || !picked) return
  const style = await cityStyle(config)
  place.replaceChildren()
  const map = openMap(place, config, { style })
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

async function addPlaces(map: Map, config: Config): Promise<void> {
  const answer = await fetch(config.places)
  if (!answer.ok) throw new Error(String(answer.status))
  map.getSource<GeoJSONSource>('places')?.setData((await answer.json()) as GeoJSON.FeatureCollection)
}

const figure = document.getElementById('map-figure')
if (figure?.dataset.map) {
  if (hasWebGL()) void draw(figure, JSON.parse(figure.dataset.map) as Config)
  else figure.querySelector('#map')?.replaceWith((document.getElementById('map-still') as HTMLTemplateElement).content)
}
