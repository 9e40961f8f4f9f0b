/** A map of MapLibre under our strict policy, with its words in the language of the page. */
import type { MapOptions } from 'maplibre-gl'
import maplibregl from 'maplibre-gl/dist/maplibre-gl-csp'

import type { Sheet } from './config'

export function openMap(container: HTMLElement, sheet: Sheet, options: Pick<MapOptions, 'style' | 'cooperativeGestures'>): maplibregl.Map {
  maplibregl.setWorkerUrl(sheet.worker)
  const { title, zoom_in, zoom_out, two_fingers, with_ctrl } = sheet.words
  const map = new maplibregl.Map({
    ...options, container, bounds: sheet.frame, fitBoundsOptions: { padding: 24 }, attributionControl: false, maxZoom: 19,
    canvasContextAttributes: { preserveDrawingBuffer: true }, // or paper stays white
    locale: {
      'Map.Title': title, 'NavigationControl.ZoomIn': zoom_in, 'NavigationControl.ZoomOut': zoom_out, 'CooperativeGesturesHandler.MobileHelpText': two_fingers,
      'CooperativeGesturesHandler.WindowsHelpText': with_ctrl, 'CooperativeGesturesHandler.MacHelpText': with_ctrl.replace('Ctrl', '⌘'),
    },
  })
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }))
  map.addControl(new maplibregl.ScaleControl())
  return map
}
