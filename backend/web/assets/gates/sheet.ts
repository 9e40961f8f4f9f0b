/** What a school taps on: the map, or the sketch where there is none. */
export interface Marks { gates: [lon: number, lat: number][]; corners: [lon: number, lat: number][] }
export interface Sheet { show(marks: Marks): void }
export type Tapped = (lon: number, lat: number) => void
