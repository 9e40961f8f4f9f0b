/** Pictures of a report. What was chosen stays in memory; the form sends only what stands in the canvas, drawn in blocks. */
import { drawShown } from '../../../../forms/tablet/src/components/evidence/workingCopy'

const ACROSS = 6 // squares that can be made clear; each is two blocks wide
type Words = Record<string, string>

export class Pictures {
  private readonly words: Words
  private readonly most: number
  private readonly kept: Picture[] = []
  private readonly sent: HTMLInputElement
  private readonly marked = Object.assign(document.createElement('input'), { type: 'hidden', name: 'clear' })
  private work: Promise<void> = Promise.resolve()

  constructor(private readonly form: HTMLFormElement) {
    this.words = JSON.parse(form.dataset.words ?? '{}') as Words
    this.most = Number(form.dataset.most)
    this.sent = Object.assign(document.createElement('input'), { type: 'file', name: 'picture', multiple: true, hidden: true })
    form.append(this.sent, this.marked)
    const chosen = this.find<HTMLInputElement>('#pictures-add input') // has no name: nothing of it is ever sent
    chosen.addEventListener('change', () => {
      const file = chosen.files?.[0]
      chosen.value = ''
      if (file) this.then(() => this.add(file))
    })
    this.find('#pictures-off').hidden = true
    this.find('#pictures-on').hidden = false
  }

  /** Once every picture is drawn and stands ready. */
  settled(): Promise<void> {
    return this.work
  }

  private then(deed: () => Promise<void>): void {
    const problem = this.find('#pictures-problem')
    problem.hidden = true
    this.work = this.work.then(deed).then(() => this.ready()).catch(() => {
      problem.textContent = this.words.picture_unreadable ?? ''
      problem.hidden = false
    })
  }

  private async add(file: File): Promise<void> {
    const bitmap = await createImageBitmap(file)
    const picture = new Picture(bitmap, this.words, () => this.then(() => Promise.resolve()), () => this.drop(picture))
    this.kept.push(picture)
    this.find('#pictures').append(picture.figure)
    this.name()
  }

  private drop(picture: Picture): void {
    this.kept.splice(this.kept.indexOf(picture), 1)
    picture.figure.remove()
    this.name()
    this.then(() => Promise.resolve())
  }

  private name(): void {
    this.kept.forEach((one, at) => one.canvas.setAttribute('aria-label', (this.words.picture_number ?? '').replace('{number}', String(at + 1))))
    this.find('#pictures-add').hidden = this.kept.length >= this.most
  }

  private async ready(): Promise<void> {
    const files = new DataTransfer()
    for (const [at, one] of this.kept.entries()) files.items.add(new File([await one.blob()], `${at + 1}.jpg`, { type: 'image/jpeg' }))
    this.sent.files = files.files
    this.marked.value = JSON.stringify(this.kept.map((one) => one.clearAreas().map(({ x, y, width, height }) => [x, y, width, height])))
    this.form.dataset.pictures = String(this.kept.length)
  }

  private find<E extends HTMLElement = HTMLElement>(what: string): E {
    const found = this.form.querySelector<E>(what)
    if (!found) throw new Error(what)
    return found
  }
}

/** One picture: its canvas, under squares that somebody taps to make them clear. */
class Picture {
  readonly figure = document.createElement('div')
  readonly canvas = document.createElement('canvas')
  private readonly down: number
  private readonly clear = new Set<number>()

  constructor(private readonly bitmap: ImageBitmap, private readonly words: Words, changed: () => void, drop: () => void) {
    this.down = Math.max(1, Math.round((ACROSS * bitmap.height) / bitmap.width))
    this.canvas.setAttribute('role', 'img')
    this.figure.className = 'report-picture'
    const sheet = document.createElement('div')
    sheet.className = 'report-sheet'
    sheet.append(this.canvas, this.squares(changed))
    const out = Object.assign(document.createElement('button'), { type: 'button', textContent: words.picture_drop ?? '' })
    out.addEventListener('click', drop)
    this.figure.append(sheet, out)
    this.draw()
  }

  blob(): Promise<Blob> {
    return new Promise((resolve, reject) => {
      this.canvas.toBlob((made) => (made ? resolve(made) : reject(new Error('no picture'))), 'image/jpeg', 0.8)
    })
  }

  private squares(changed: () => void): HTMLElement {
    const squares = document.createElement('div')
    squares.className = 'squares'
    squares.style.gridTemplateRows = `repeat(${this.down}, 1fr)`
    for (let at = 0; at < ACROSS * this.down; at++) {
      const square = Object.assign(document.createElement('button'), { type: 'button' })
      square.addEventListener('click', () => {
        if (!this.clear.delete(at)) this.clear.add(at)
        this.say(square, at)
        this.draw()
        changed()
      })
      this.say(square, at)
      squares.append(square)
    }
    return squares
  }

  private say(square: HTMLButtonElement, at: number): void {
    const isClear = this.clear.has(at)
    const said = (isClear ? this.words.clear_here : this.words.hidden_here) ?? ''
    square.setAttribute('aria-pressed', String(isClear))
    square.setAttribute('aria-label', said.replace('{row}', String(Math.floor(at / ACROSS) + 1)).replace('{column}', String((at % ACROSS) + 1)))
  }

  clearAreas(): { x: number; y: number; width: number; height: number }[] {
    const [width, height] = [1 / ACROSS, 1 / this.down]
    return [...this.clear].map((at) => ({ x: (at % ACROSS) * width, y: Math.floor(at / ACROSS) * height, width, height }))
  }

  private draw(): void {
    drawShown(this.canvas, this.bitmap, true, this.clearAreas())
  }
}
