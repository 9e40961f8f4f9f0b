/** A working day up to some point: an enrolled tablet, an officer who prepared, a visit, a signed module. */
import { openTablet } from '../src/app'
import type { Tablet, UnlockWith, VisitDesk } from '../src/tablet'
import type { Draft, Module } from '../src/trade'
import { around, clockAt, newDatabase } from './around'
import { fakeServer } from './server'

export const FINGER: UnlockWith = { authenticator: true }
export const silently = () => undefined

export async function morning() {
  const clock = clockAt()
  const server = await fakeServer(clock)
  const [database, surroundings] = [newDatabase(), around()]
  /** The app started anew on the same tablet, as after a kill. */
  const started = (): Tablet => openTablet(server.network, clock, database, surroundings)
  return { clock, server, surroundings, database, started, tablet: started() }
}

export async function enrolled() {
  const day = await morning()
  await day.tablet.enrol('ABCD', '平板4')
  const officer = await day.tablet.addOfficer('zhang', 'right', FINGER)
  return { ...day, officer }
}

export async function prepared() {
  const day = await enrolled()
  await day.tablet.prepare(silently)
  return day
}

export async function visiting() {
  const day = await prepared()
  const desk = await day.tablet.begin({ venueId: 1, taskId: null, activities: ['internet_cafe'] })
  return { ...day, desk, module: moduleOf(desk) }
}

export function moduleOf(desk: VisitDesk): Module {
  const [first] = desk.visit.modules
  if (first === undefined) throw new Error('a visit begins with a module')
  return first
}

export const xmlOf = (instanceID: string, answer = 'yes') => `<data><answer>${answer}</answer><meta><instanceID>${instanceID}</instanceID></meta></data>`

export function draftOf({ instanceID, formId, formVersion }: Module, answer: string, hidden = {}): Draft {
  return { instanceID, visitId: '', formId, formVersion, xml: xmlOf(instanceID, answer), hidden, savedAt: '2026-11-20T00:30:00.000Z' }
}

export async function photograph(desk: VisitDesk, name: string, content: Blob) {
  const { instanceID } = moduleOf(desk)
  const { visitId } = desk.visit
  return desk.keepAttachment(
    { name, instanceID, visitId, kind: 'photo', type: 'image/jpeg', takenAt: '2026-11-20T01:00:00.000Z', minorPossible: false }, content,
  )
}

export const picture = (size: number): Blob => new Blob([Uint8Array.from({ length: size }, (_, at) => (at * 7 + (at >> 8)) & 255)])
