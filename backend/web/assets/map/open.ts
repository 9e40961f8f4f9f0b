/** A map of MapLibre under our strict policy, with its words in the language of the page. */
import type { MapOptions } from 'maplibre-gl'
import maplibregl from 'maplibre-gl/dist/maplibre-gl-csp'

import type { Sheet } from './config'

export function hasWebGL(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null
}

export function openMap(container: HTMLElement, sheet: Sheet, options: Pick<MapOptions, 'style' | 'cooperativeGestures'>): maplibregl.Map {
  maplibregl.setWorkerUrl(sheet.worker)
  const { zoom_in, zoom_out, two_fingers } = sheet.words
  const map = new maplibregl.Map({
    ...options, container, bounds: sheet.frame, fitBoundsOptions: { padding: 24 }, attributionControl: false, maxZoom: 19,
    canvasContextAttributes: { preserveDrawingBuffer: true }, // or paper stays white
    locale: { 'NavigationControl.ZoomIn': zoom_in, 'NavigationControl.ZoomOut': zoom_out, 'CooperativeGesturesHandler.MobileHelpText': two_fingers },
  })
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }))
  map.addControl(new maplibregl.ScaleControl())
  return map
}
