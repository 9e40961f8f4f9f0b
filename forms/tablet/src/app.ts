/** The tablet as screens know it: one door to keys, disk and network. */
import { instant, systemClock, type Clock } from './clock'
import { deskOf } from './outbox/desk'
import { noteLead } from './outbox/leads'
import { shown } from './outbox/states'
import type { Disk } from './outbox/storage'
import { begun, modulesFor, visitOf } from './outbox/visits'
import { shareWith, unpack } from './packages/held'
import { readiness } from './readiness'
import { sessions } from './session'
import { device as knownDevice, officerOf, officers } from './store/device'
import { forgetRemoved, itemRows, proposalRows } from './store/items'
import { form, keepUnnumbered } from './store/package'
import { forgetTold, numberRows } from './store/papers'
import { openStore, type DeviceRow, type VisitRow } from './store/schema'
import { keepVisit, visitRow, visitRows } from './store/visits'
import { enrol } from './sync/enrol'
import { asking, throughBrowser, type Network } from './sync/network'
import { isUntold, reserveNumbers, sendNumbers } from './sync/numbers'
import { takeForms, takePackage } from './sync/prepare'
import { keep as keepProposal, seenFields, sendProposals, shownProposal } from './sync/proposals'
import { rescueFile, sendRescue } from './sync/rescue'
import { takeRescueKey } from './sync/rescue_key'
import { askWhatMoved, movedOf } from './sync/moved'
import { sendAll, type Outcome, type Sending } from './sync/send'
import { signIn } from './sync/sign_in'
import { browserMoments, onEachMoment, type Moments } from './sync/triggers'
import { wipeIfAsked } from './sync/wipe'
import { Refused, type Tablet } from './tablet'
import type { Visit } from './trade'
import { ended, expire } from './unlocking'
import { platformAuthenticator } from './vault/authenticator'
import type { Authenticator } from './vault/unlock'

/** What a tablet needs of the browser around it; tests bring their own. */
export interface Surroundings { disk: Disk; authenticator: Authenticator; moments: Moments }

const ofThisBrowser = (): Surroundings =>
  ({ disk: navigator.storage, authenticator: platformAuthenticator, moments: browserMoments })

export function openTablet(
  network: Network = throughBrowser, clock: Clock = systemClock, database = 'humiao', around = ofThisBrowser(),
): Tablet {
  const opened = openStore(database)
  const { disk, authenticator } = around
  const session = sessions(opened, clock, authenticator)
  const listeners = new Set<() => void>()
  const changed = () => listeners.forEach((listener) => listener())
  let sending: Promise<Outcome> | null = null

  async function enrolled(): Promise<DeviceRow & { token: string }> {
    const row = await knownDevice(await opened)
    if (row === null || row.token === null) throw new Refused('not_enrolled')
    return { ...row, token: row.token }
  }

  async function start(...officer: Parameters<typeof session.start>): Promise<void> {
    await session.start(...officer)
    changed()
    void send(true)
  }

  async function deskFor(row: VisitRow) {
    const key = await session.keyOf(row)
    if (key === null) throw new Refused('visit_of_another', { visitId: row.visitId })
    const { keys } = await enrolled()
    const taken = (numberId: number) => session.current()?.register?.taken(numberId)
    return deskOf({ store: await opened, keys, clock, disk, changed, taken }, row, key)
  }

  /** One run at a time; a person's button runs once more after one that was under way. */
  async function send(patient: boolean): Promise<Outcome> {
    if (sending !== null && !patient) await sending
    sending ??= sendNow(patient).finally(() => {
      sending = null
      changed()
    })
    return sending
  }

  async function sendingAs(device: DeviceRow & { token: string }): Promise<Sending> {
    const store = await opened
    const keyOf = async (visitId: string) => {
      const row = await visitRow(store, visitId)
      return row && session.keyOf(row)
    }
    return { store, ask: asking(network, device.token), clock, withSignature: device.rescueKey !== null, keyOf }
  }

  async function sendNow(patient: boolean): Promise<Outcome> {
    const store = await opened
    const device = await enrolled()
    const work = await sendingAs(device)
    const { ask } = work
    const outcome = await sendAll(work, patient)
    const proposalsWait = outcome.waiting === 'offline' ? null : await sendProposals(store, ask, device.sealing, !patient)
    const numbersWait = outcome.waiting === 'offline' ? null : await sendNumbers(store, ask)
    if (outcome.waiting !== 'offline' && (outcome.sent > 0 || !patient)) await askWhatMoved(store, ask, work.keyOf)
    const waiting = outcome.waiting ?? proposalsWait ?? numbersWait
    const proposalsLeft = (await proposalRows(store)).filter(({ state }) => state === 'here').length
    const left = outcome.left + proposalsLeft + (await numberRows(store)).filter(isUntold).length
    if (waiting !== 'signed_out' || !(await wipeIfAsked(store, ask, device))) return { ...outcome, left, waiting }
    session.close()
    return { ...outcome, left, waiting: 'wiped' }
  }

  async function moment(): Promise<void> {
    await session.look()
    if ((await knownDevice(await opened))?.token) await send(true)
  }
  onEachMoment(around.moments, () => void moment())

  return {
    async lock() {
      const store = await opened
      if (session.current() !== null) return 'open'
      if (!(await knownDevice(store))?.token) return 'not_enrolled'
      await expire(store, await session.look())
      return (await officers(store)).some((one) => one.unlock !== null) ? 'locked' : 'no_officer'
    },

    deviceId: async () => String((await enrolled()).id),

    async enrol(codeOrAddress, name) {
      await enrol(await opened, network, codeOrAddress, name)
      changed()
    },

    ended: async () => ended(await opened, clock.now(), await session.look()),

    officers: async () => (await officers(await opened)).filter((one) => one.unlock !== null).map(officerOf),

    async addOfficer(login, password, unlock) {
      const store = await opened
      const ask = asking(network, (await enrolled()).token)
      const { row, privateKey } = await signIn(store, ask, authenticator, login, password, unlock)
      const mine = session.current()
      if (mine === null) await start(row, privateKey)
      else if (mine.secret !== null) await shareWith(store, mine.secret)
      changed()
      return officerOf(row)
    },

    async unlock(officerId, how) {
      if (session.current()?.officer.id !== officerId) this.close()
      const { officer, privateKey } = await session.proven(officerId, how)
      await start(officer, privateKey)
      return officerOf(officer)
    },

    async confirm(officerId, how) {
      session.open()
      return officerOf((await session.proven(officerId, how)).officer)
    },

    close() {
      session.close()
      changed()
    },

    current() {
      const mine = session.current()
      return mine && officerOf(mine.officer)
    },

    readiness: async () => readiness(await opened, disk, session.current()?.register ?? null, clock.now(), await session.look()),

    async prepare(progress) {
      const store = await opened
      const device = await enrolled()
      const mine = session.open()
      const ask = asking(network, device.token)
      await disk.persist()
      const told = (await numberRows(store)).filter(({ state }) => state === 'told')
      const unnumbered = await reserveNumbers(ask, mine.register)
      const taken = await takePackage(store, ask, device, mine.secret, clock, progress)
      mine.secret = taken.secret
      await keepUnnumbered(store, unnumbered)
      await forgetTold(store, told)
      mine.register = await unpack(store, mine.secret, clock)
      await takeForms(store, ask, mine.register.formsSaid, progress)
      await forgetRemoved(store)
      await takeRescueKey(store, ask, device, taken.rescueKeyId).finally(changed)
      return readiness(store, disk, mine.register, clock.now(), await session.look())
    },

    register: session.register,
    hasRegister: session.hasRegister,

    async formXml(formId, version) {
      const kept = await form(await opened, formId, version)
      if (kept === null) throw new Refused('form_missing', { form: formId, version })
      return kept.xml
    },

    async visits() {
      const rows = (await visitRows(await opened)).filter(({ lead }) => !lead)
      const mine = await Promise.all(rows.map(async (row) => {
        const key = await session.keyOf(row)
        return key && visitOf(row, key)
      }))
      return mine.filter((visit) => visit !== null).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
    },

    async moved(visitId) {
      const row = await visitRow(await opened, visitId)
      const key = row && (await session.keyOf(row))
      return row && key && movedOf(row, key)
    },

    async begin({ venueId, taskId, activities, ahead, secondOfficerId = null, arrival }) {
      const { keeper } = session.open()
      const visit: Visit = {
        visitId: crypto.randomUUID(), officerId: keeper.id, secondOfficerId, taskId, venueId, ...(arrival && { arrival }),
        startedAt: instant(clock.now()), place: null, modules: modulesFor(session.register().forms, activities, ahead),
      }
      const { row, key } = await begun(keeper, (await enrolled()).rescueKey, visit)
      await keepVisit(await opened, row)
      session.remember(row, key)
      changed()
      return deskFor(row)
    },

    async desk(visitId) {
      session.open()
      const row = await visitRow(await opened, visitId)
      if (row === null) throw new Refused('visit_unknown', { visitId })
      return deskFor(row)
    },

    async noteLead(lead) {
      const { keeper } = session.open()
      const { keys, rescueKey } = await enrolled()
      await noteLead({ store: await opened, keys, clock, disk }, keeper, rescueKey, lead)
      changed()
      void send(true)
    },

    outbox: async () => (await itemRows(await opened)).map(shown),
    send: () => send(false),

    /** At any time: without an unlock, and on a tablet that is let in no longer. */
    async rescueFile() {
      const device = await knownDevice(await opened)
      if (device === null) throw new Refused('not_enrolled')
      return (await rescueFile(await opened, device, instant(clock.now()))).file
    },

    async sendRescue() {
      const device = await enrolled()
      await sendRescue(await sendingAs(device), device)
      changed()
    },

    async propose({ kind, id, version }, changes, reason) {
      const seen = seenFields(session.register(), kind, id, changes)
      const said = { seen_version: version, values: changes, seen, reason, noted_at: instant(clock.now()) }
      await keepProposal(await opened, (await enrolled()).sealing, kind, id, said)
      changed()
      void send(true)
    },

    async proposals() {
      const store = await opened
      const device = await knownDevice(store)
      return device === null ? [] : Promise.all((await proposalRows(store)).map((row) => shownProposal(row, device.sealing)))
    },

    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
