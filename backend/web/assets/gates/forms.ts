/** The two forms of a school's page: gates one by one, and the corners of the wall line by line. */
import type { Marks } from './sheet'

export type Mark = 'gate' | 'corner'
export interface Spot { lon: number; lat: number; crs: string }

const SHOWN = ['cgcs2000', 'wgs84'] // lie on the map where they are; others would have to be converted

export class Forms {
  private readonly corners: HTMLTextAreaElement
  private readonly crs: HTMLSelectElement

  constructor(private readonly gates: HTMLFormElement, private readonly outline: HTMLFormElement) {
    this.corners = field(outline, 'corners') as HTMLTextAreaElement
    this.crs = field(outline, 'crs') as HTMLSelectElement
  }

  /** What was put in so far, as far as it can be shown. */
  marks(): Marks {
    const gates = this.rows().filter(({ lon, crs }) => lon.value && SHOWN.includes(crs.value)).map(({ lon, lat }) => [Number(lon.value), Number(lat.value)])
    const corners = SHOWN.includes(this.crs.value) ? this.lines().map((line) => line.split(/[,，]/).map(Number)) : []
    return { gates: gates.filter(isPlace), corners: corners.filter(isPlace) }
  }

  /** Into the first gate that is empty; says whether there was one. */
  addGate(spot: Spot): boolean {
    const row = this.rows().find(({ lon, lat }) => !lon.value && !lat.value)
    if (!row) return false
    row.details.open = true
    row.lon.value = spot.lon.toFixed(7)
    row.lat.value = spot.lat.toFixed(7)
    row.crs.value = spot.crs
    return true
  }

  /** As the last line; not below lines in another reference. */
  addCorner(spot: Spot): boolean {
    const lines = this.lines()
    if (lines.length && this.crs.value !== spot.crs) return false
    this.outline.closest('details')?.setAttribute('open', '')
    this.crs.value = spot.crs
    this.corners.value = [...lines, `${spot.lon.toFixed(7)}, ${spot.lat.toFixed(7)}`].join('\n')
    return true
  }

  /** Takes the last of them out again. */
  undo(what: Mark): void {
    if (what === 'corner') this.corners.value = this.lines().slice(0, -1).join('\n')
    const last = this.rows().filter(({ lon }) => lon.value).pop()
    if (what === 'gate' && last) last.lon.value = last.lat.value = last.crs.value = ''
  }

  private lines(): string[] {
    return this.corners.value.split('\n').filter((line) => line.trim())
  }

  private rows(): { details: HTMLDetailsElement; lon: HTMLInputElement; lat: HTMLInputElement; crs: HTMLSelectElement }[] {
    return [...this.gates.querySelectorAll<HTMLDetailsElement>('details.gate')].flatMap((details) => {
      const [lon, lat] = details.querySelectorAll('input')
      const crs = details.querySelector('select')
      return lon && lat && crs ? [{ details, lon, lat, crs }] : []
    })
  }
}

function field(form: HTMLFormElement, name: string): Element {
  const found = form.elements.namedItem(name)
  if (!(found instanceof Element)) throw new Error(name)
  return found
}

function isPlace(place: number[]): place is [number, number] {
  return place.length === 2 && place.every((degrees) => Number.isFinite(degrees) && Math.abs(degrees) <= 180)
}
