/** Where a school's gates and the corners of its wall are: from where somebody stands, or a tap on the map; both only fill in forms. */
import { Forms, type Mark } from './gates/forms'
import type { Sheet } from './gates/sheet'
import { onSketch } from './gates/onSketch'
import { hasWebGL } from './map/webgl'

function start(form: HTMLFormElement, outline: HTMLFormElement): void {
  const words = JSON.parse(form.dataset.words ?? '{}') as Record<string, string>
  const full = words.full?.replace('{most}', form.dataset.most ?? '')
  const forms = new Forms(form, outline)
  const sheet = find('#sheet')
  let shown: Sheet | undefined = onSketch(sheet, tapped)

  find('#taps').hidden = false
  find('#undo').addEventListener('click', () => {
    forms.undo(chosen())
    show()
  })
  for (const one of [form, outline]) one.addEventListener('input', show)
  show()
  if (hasWebGL()) {
    void import('./gates/onMap').then(async ({ onMap }) => {
      shown = await onMap(sheet, tapped)
      find('#credit').hidden = false
      show()
    }).catch(() => undefined) // the sketch stays
  }

  const here = find<HTMLButtonElement>('#here')
  if ('geolocation' in navigator) {
    here.hidden = false
    here.addEventListener('click', () => {
      say(words.asking)
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const found = words.found?.replace('{metres}', String(Math.ceil(coords.accuracy)))
          said(forms.addGate({ lon: coords.longitude, lat: coords.latitude, crs: 'wgs84' }), found, full)
        },
        () => say(words.not_found),
        { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
      )
    })
  }

  function tapped(lon: number, lat: number): void {
    const spot = { lon, lat, crs: 'cgcs2000' }
    if (chosen() === 'gate') said(forms.addGate(spot), words.marked, full)
    else said(forms.addCorner(spot), words.marked, words.other_crs)
  }

  function chosen(): Mark {
    return find<HTMLInputElement>('#taps input:checked').value as Mark
  }

  function said(done: boolean, what?: string, otherwise?: string): void {
    say(done ? what : otherwise)
    show()
  }

  function show(): void {
    shown?.show(forms.marks())
  }
}

function say(what = ''): void {
  const place = find('#gates-said')
  place.textContent = what
  place.hidden = false
}

function find<E extends HTMLElement = HTMLElement>(what: string): E {
  const found = document.querySelector<E>(what)
  if (!found) throw new Error(what)
  return found
}

const [form, outline] = ['#gates', '#outline'].map((one) => document.querySelector<HTMLFormElement>(one))
if (form && outline) start(form, outline)
