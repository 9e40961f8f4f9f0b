/** The sketch that the server draws, for browsers without a map: it knows where its corners lie. */
import type { Sheet, Tapped } from './sheet'

const SVG = 'http://www.w3.org/2000/svg'

export function onSketch(sheet: HTMLElement, tapped: Tapped): Sheet | undefined {
  const sketch = sheet.querySelector<SVGSVGElement>('svg.sketch')
  if (!sketch) return undefined
  const [west = NaN, north = NaN, right = NaN, down = NaN] = (sketch.dataset.frame ?? '').split(' ').map(Number)
  const marked = sketch.appendChild(document.createElementNS(SVG, 'g'))
  sketch.addEventListener('click', (event) => {
    const to = sketch.getScreenCTM()?.inverse()
    if (!to) return
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(to)
    tapped(west + x * right, north - y * down)
  })
  const at = ([lon, lat]: [number, number]): [number, number] => [(lon - west) / right, (north - lat) / down]
  return {
    show({ gates, corners }) {
      const dots = gates.map(at).map(([cx, cy]) => drawn('circle', { cx, cy, r: 10 }))
      const wall = corners.map(at)
      marked.replaceChildren(...dots, ...wall.map(([cx, cy]) => drawn('circle', { cx, cy, r: 4 })), drawn('polygon', { points: wall.join(' ') }))
    },
  }
}

function drawn(name: string, said: Record<string, number | string>): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries({ ...said, class: 'gate-marked' })) made.setAttribute(key, String(value))
  return made
}
