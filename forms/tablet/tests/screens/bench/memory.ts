/** A tablet that lives in memory and never asks a network: what screens see of a tablet, for tests of the screens. */
import { type Ended, type Lock, Refused, type Tablet, type UnlockWith } from '../../../src/tablet'
import type { Officer, Visit } from '../../../src/trade'
import type { Unpacked } from './package'
import * as sample from './sample'

export interface Scene {
  lock: Lock
  officers: number
  isReady: boolean
  hasTasks: boolean
  outbox: 'none' | 'some'
  share: number
  visits: 'none' | 'some'
  waiting: string | null
  hasNewVersion: boolean
  ended: Ended | null
}

const EVERYTHING: Scene = {
  lock: 'open', officers: 2, isReady: true, hasTasks: true, outbox: 'some', share: 0.31, visits: 'some', waiting: null, hasNewVersion: false, ended: null,
}
export const PASSWORD = 'correct horse'
const MOST_TRIES = 5
const BLANK_FORM = '<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms"><h:head><model><instance><data/></instance></model></h:head></h:html>'

export function makeTablet(unpacked: Unpacked, chosen: Partial<Scene>): Tablet {
  const scene = { ...EVERYTHING, ...chosen }
  const listeners = new Set<() => void>()
  const officers = sample.OFFICERS.slice(0, scene.lock === 'no_officer' || scene.lock === 'not_enrolled' ? 0 : scene.officers)
  const tasks = scene.hasTasks ? sample.tasks(unpacked) : []
  const visits = scene.visits === 'some' ? sample.visits(tasks) : []
  let outbox = scene.outbox === 'some' ? sample.outbox() : []
  let current: Officer | null = scene.lock === 'open' ? (officers[0] ?? null) : null
  const proposals = sample.proposals()
  let tries = 0
  const changed = (): void => listeners.forEach((listener) => listener())

  function prove(officerId: number, how: UnlockWith): Officer {
    const officer = officers.find((one) => one.id === officerId)
    if (!officer) throw new Refused('unknown_officer')
    if ('password' in how && how.password !== PASSWORD) {
      tries += 1
      throw tries < MOST_TRIES ? new Refused('wrong_unlock', { left: MOST_TRIES - tries }) : new Refused('unlock_destroyed')
    }
    tries = 0
    return officer
  }

  return {
    deviceId: () => Promise.resolve('4'),
    lock: () => Promise.resolve(scene.lock === 'not_enrolled' ? scene.lock : current ? 'open' : officers.length === 0 ? 'no_officer' : 'locked'),
    async enrol(code) {
      if (code === 'wrong') throw new Refused('enrolment_code_refused')
      scene.lock = 'no_officer'
      changed()
    },
    officers: () => Promise.resolve([...officers]),
    async addOfficer(login, password) {
      if (password === 'wrong') throw new Refused('sign_in_failed')
      const officer = { ...(sample.OFFICERS[0] as Officer), id: 90 + officers.length, login, name: login }
      officers.push(officer)
      current ??= officer
      changed()
      return officer
    },
    async unlock(officerId, how) {
      current = prove(officerId, how)
      changed()
      return current
    },
    ended: () => Promise.resolve(scene.ended),
    confirm: async (officerId, how) => prove(officerId, how),
    close() {
      current = null
      changed()
    },
    current: () => current,
    readiness: () => Promise.resolve(sample.readiness(unpacked, tasks.length, scene)),
    async prepare(progress) {
      for (const step of ['asking', 'receiving', 'verifying', 'applying', 'forms'] as const) progress(step, 1, 2)
      scene.isReady = true
      return sample.readiness(unpacked, tasks.length, scene)
    },
    hasRegister: () => true,
    register: () => ({ ...unpacked, tasks, visitsOf: sample.visitsOf, numbers: () => [], contact: null, callees: { offices: [], public: [] }, visitsThisYear: () => null }),
    formXml: () => Promise.resolve(BLANK_FORM),
    visits: () => Promise.resolve([...visits]),
    moved: async (visitId) => (visitId === 'v2' ? { to: ['王五'] } : null),
    async begin({ venueId, taskId, activities, secondOfficerId = null, arrival }) {
      const modules = activities.map((activity) => ({
        instanceID: `uuid:${crypto.randomUUID()}`, formId: activity, formVersion: '1', activity, state: 'open' as const,
      }))
      const visit: Visit = {
        visitId: crypto.randomUUID(), officerId: current?.id ?? 0, secondOfficerId, taskId, venueId, ...(arrival && { arrival }),
        startedAt: new Date().toISOString(), place: null, modules,
      }
      visits.push(visit)
      sessionStorage.setItem('visit', JSON.stringify(visit))
      changed()
      return sample.desk(visit)
    },
    desk(visitId) {
      const visit = visits.find((one) => one.visitId === visitId)
      return visit ? Promise.resolve(sample.desk(visit)) : Promise.reject(new Refused('visit_unknown'))
    },
    async noteLead(lead) {
      sessionStorage.setItem('lead', JSON.stringify({ ...lead, pictures: lead.pictures.map(({ content, ...said }) => ({ ...said, type: content.type })) }))
      outbox = [...outbox, ...sample.leadItems(lead.pictures.length)]
      changed()
    },
    outbox: () => Promise.resolve(outbox),
    async send() {
      if (scene.waiting !== null) return { sent: 0, left: outbox.length, waiting: scene.waiting }
      const sent = outbox.length
      outbox = []
      changed()
      return { sent, left: 0, waiting: null }
    },
    sendRescue: () => Promise.resolve(),
    proposals: () => Promise.resolve([...proposals]),
    rescueFile: () => Promise.resolve(new Blob(['rescue'])),
    async propose(row, changes, reason) {
      proposals.push({ uuid: crypto.randomUUID(), kind: row.kind, rowId: row.id, changes, state: 'here', reason: null })
      changed()
      sessionStorage.setItem('proposed', JSON.stringify({ row, changes, reason }))
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
