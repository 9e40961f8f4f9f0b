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

const print = document.querySelector<HTMLButtonElement>('#print')
if (print) {
  print.hidden = false
  print.addEventListener('click', () => window.print())
}
