/** Reporting from a school: pictures leave this browser in blocks only, and words are looked at for names first. */
import { Pictures } from './report/pictures'
import { nameIn, numberIn } from './report/words'

function canPixelate(): boolean {
  return typeof createImageBitmap === 'function' && typeof DataTransfer === 'function' && 'toBlob' in HTMLCanvasElement.prototype
}

function guard(form: HTMLFormElement, pictures: Pictures | undefined): void {
  const words = JSON.parse(form.dataset.words ?? '{}') as Record<string, string>
  const text = form.querySelector<HTMLTextAreaElement>('#text')
  const problem = form.querySelector<HTMLElement>('#text-problem')
  let shown = '' // the words with a name that somebody was asked about
  let isSending = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const said = text?.value ?? ''
    const name = nameIn(said)
    if (problem) problem.hidden = true
    if (numberIn(said)) complain(words.number_found ?? '')
    else if (name && shown !== said) {
      shown = said
      complain((words.name_found ?? '').replace('{name}', name))
    } else if (!isSending) {
      isSending = true
      void Promise.resolve(pictures?.settled()).then(() => form.submit())
    }
  })
  window.addEventListener('pageshow', () => { isSending = false })

  function complain(what: string): void {
    if (!problem) return
    problem.textContent = what
    problem.hidden = false
    problem.scrollIntoView({ block: 'center' })
  }
}

const form = document.querySelector<HTMLFormElement>('#report')
if (form) guard(form, canPixelate() ? new Pictures(form) : undefined)

/** Adds where the phone is, if somebody wants that; only numbers, and no map of anybody. */
function locate(form: HTMLFormElement, button: HTMLButtonElement): void {
  const words = JSON.parse(form.dataset.words ?? '{}') as Record<string, string>
  const said = form.querySelector<HTMLElement>('#here-said')
  if (!('geolocation' in navigator)) return
  button.hidden = false
  button.addEventListener('click', () => {
    say(words.here_asking)
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const found = { lon: coords.longitude.toFixed(6), lat: coords.latitude.toFixed(6), accuracy_m: String(Math.ceil(coords.accuracy)) }
      for (const [name, value] of Object.entries(found)) {
        const field = form.querySelector<HTMLInputElement>(`input[name=${name}]`)
        if (field) field.value = value
      }
      say(words.here_found?.replace('{metres}', found.accuracy_m))
    }, () => say(words.here_not_found), { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 })
  })

  function say(what = ''): void {
    if (!said) return
    said.textContent = what
    said.hidden = false
  }
}

const here = document.querySelector<HTMLButtonElement>('#here')
if (form && here) locate(form, here)

const print = document.querySelector<HTMLButtonElement>('#print')
if (print) {
  print.hidden = false
  print.addEventListener('click', () => window.print())
}
