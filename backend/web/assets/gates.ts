/** Where a school's gates are: from where somebody stands, or from a tap on the sketch; both only fill in the form. */

interface Spot { lon: number; lat: number; crs: string }

function start(form: HTMLFormElement): void {
  const words = JSON.parse(form.dataset.words ?? '{}') as Record<string, string>
  const said = form.querySelector<HTMLElement>('#gates-said')
  const here = form.querySelector<HTMLButtonElement>('#here')
  const sketch = document.querySelector<SVGSVGElement>('svg.sketch')

  if (here && 'geolocation' in navigator) {
    here.hidden = false
    here.addEventListener('click', () => {
      say(words.asking)
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => put({ lon: coords.longitude, lat: coords.latitude, crs: 'wgs84' }, words.found?.replace('{metres}', String(Math.ceil(coords.accuracy)))),
        () => say(words.not_found),
        { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
      )
    })
  }
  sketch?.addEventListener('click', (event) => {
    const [west = NaN, north = NaN, right = NaN, down = NaN] = (sketch.dataset.frame ?? '').split(' ').map(Number)
    const to = sketch.getScreenCTM()?.inverse()
    if (!to) return
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(to)
    if (put({ lon: west + x * right, lat: north - y * down, crs: 'cgcs2000' }, words.marked)) mark(sketch, x, y)
  })

  /** Into the first gate that is empty; says so where there is none. */
  function put(spot: Spot, done: string | undefined): boolean {
    for (const gate of form.querySelectorAll<HTMLDetailsElement>('details.gate')) {
      const [lon, lat] = gate.querySelectorAll('input')
      const crs = gate.querySelector('select')
      if (!lon || !lat || !crs || lon.value || lat.value) continue
      gate.open = true
      lon.value = spot.lon.toFixed(7)
      lat.value = spot.lat.toFixed(7)
      crs.value = spot.crs
      say(done)
      return true
    }
    say(words.full?.replace('{most}', form.dataset.most ?? ''))
    return false
  }

  function say(what = ''): void {
    if (!said) return
    said.textContent = what
    said.hidden = false
  }
}

function mark(sketch: SVGSVGElement, x: number, y: number): void {
  const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle')
  for (const [name, value] of Object.entries({ cx: x, cy: y, r: 10, class: 'gate-marked' })) dot.setAttribute(name, String(value))
  sketch.append(dot)
}

const form = document.querySelector<HTMLFormElement>('#gates')
if (form) start(form)
