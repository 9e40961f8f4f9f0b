/** The tablet as screens know it: one door to keys, disk and network. Who is signed in lives in memory only. */
import { instant, systemClock, type Clock } from './clock'
import { deskOf } from './outbox/desk'
import { shown } from './outbox/states'
import type { Disk } from './outbox/storage'
import { beginVisit, visitKey, visitOf, type Keeper } from './outbox/visits'
import { packageSecret, shareWith, unpack, type Unpacked } from './packages/held'
import { readiness } from './readiness'
import { behindMs, device as knownDevice, officer as knownOfficer, officerOf, officers, seen } from './store/device'
import { forgetRemoved, itemRows } from './store/items'
import { form, heldPackage } from './store/package'
import { openStore, type DeviceRow, type OfficerRow, type VisitRow } from './store/schema'
import { moduleRows, visitRow, visitRows } from './store/visits'
import { enrol } from './sync/enrol'
import { asking, throughBrowser, type Network } from './sync/network'
import { takeForms, takePackage } from './sync/prepare'
import { keep as keepProposal, seenFields, sendProposals } from './sync/proposals'
import { rescueFile } from './sync/rescue'
import { sendAll, type Outcome, type Sending } from './sync/send'
import { signIn } from './sync/sign_in'
import { browserMoments, onEachMoment, type Moments } from './sync/triggers'
import { Refused, type Register, type Tablet } from './tablet'
import type { Module, Visit } from './trade'
import { expire, openUnlock } from './unlocking'
import { platformAuthenticator } from './vault/authenticator'
import type { Bytes } from './vault/bytes'
import type { Authenticator } from './vault/unlock'

/** What a tablet needs of the browser around it; tests bring their own. */
export interface Surroundings { disk: Disk; authenticator: Authenticator; moments: Moments }

const ofThisBrowser = (): Surroundings =>
  ({ disk: navigator.storage, authenticator: platformAuthenticator, moments: browserMoments })

interface Session { officer: OfficerRow; keeper: Keeper; secret: Bytes | null; register: Unpacked | null; keys: Map<string, CryptoKey> }

export function openTablet(
  network: Network = throughBrowser, clock: Clock = systemClock, database = 'humiao', around = ofThisBrowser(),
): Tablet {
  const opened = openStore(database)
  const listeners = new Set<() => void>()
  const time = { highest: 0, behindMs: 0, expiresAt: 0 }
  let session: Session | null = null
  let sending: Promise<Outcome> | null = null

  const changed = () => listeners.forEach((listener) => listener())

  async function look(): Promise<number> {
    const store = await opened
    time.highest = await seen(store, clock.now())
    time.behindMs = await behindMs(store)
    time.expiresAt = Date.parse((await heldPackage(store))?.expiresAt ?? '')
    return time.highest
  }

  async function enrolled(): Promise<DeviceRow & { token: string }> {
    const row = await knownDevice(await opened)
    if (row === null || row.token === null) throw new Refused('not_enrolled')
    return { ...row, token: row.token }
  }

  function open(): Session {
    if (session === null) throw new Refused('locked')
    return session
  }

  async function start(officer: OfficerRow, privateKey: CryptoKey): Promise<void> {
    const store = await opened
    const keeper = { id: officer.id, publicKey: officer.publicKey, privateKey }
    const secret = await packageSecret(store, officer.id, privateKey)
    const register = secret && (await unpack(store, secret, clock.now()))
    session = { officer, keeper, secret, register, keys: new Map() }
    changed()
    void send(true)
  }

  async function known(officerId: number): Promise<OfficerRow> {
    const row = await knownOfficer(await opened, officerId)
    if (row === null) throw new Refused('officer_unknown')
    return row
  }

  async function proven(officerId: number, how: Parameters<typeof openUnlock>[2]) {
    const store = await opened
    if (session === null) await expire(store, await look())
    const officer = await known(officerId)
    return { officer, privateKey: await openUnlock(store, officer, how, around.authenticator) }
  }

  /** The key of a visit of whoever is signed in; null for all others. */
  async function keyOf(row: VisitRow): Promise<CryptoKey | null> {
    if (session === null) return null
    const { keys, keeper } = session
    const key = keys.get(row.visitId) ?? (await visitKey(row, keeper))
    if (key !== null) keys.set(row.visitId, key)
    return key
  }

  async function deskFor(row: VisitRow) {
    const key = await keyOf(row)
    if (key === null) throw new Refused('visit_of_another', { visitId: row.visitId })
    const { keys } = await enrolled()
    return deskOf({ store: await opened, keys, clock, disk: around.disk, changed }, row, key)
  }

  function modulesFor(register: Register, activities: string[]): Module[] {
    return activities.map((activity) => {
      const chosen = register.forms.find((one) => one.activity === activity)
      if (chosen === undefined) throw new Refused('form_unknown', { activity })
      return { instanceID: `uuid:${crypto.randomUUID()}`, formId: chosen.id, formVersion: chosen.version, activity, state: 'open' }
    })
  }

  function register(): Unpacked {
    const { register: held } = open()
    if (held === null) throw new Refused('no_package')
    if (Math.max(time.highest, clock.now() + time.behindMs) >= time.expiresAt) throw new Refused('package_expired')
    return held
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

  async function sendNow(patient: boolean): Promise<Outcome> {
    const store = await opened
    const { token, rescueKey } = await enrolled()
    const ask = asking(network, token)
    const keyOfVisit = async (visitId: string) => {
      const row = await visitRow(store, visitId)
      return row && keyOf(row)
    }
    const work: Sending = { store, ask, clock, withSignature: rescueKey !== null, keyOf: keyOfVisit }
    const outcome = await sendAll(work, patient)
    const proposalsWait = outcome.waiting === 'offline' ? null : await sendProposals(store, ask)
    return { ...outcome, waiting: outcome.waiting ?? proposalsWait }
  }

  /** Visits that the server holds and that are gone from here leave the list with the next day's package. */
  async function tidy(): Promise<void> {
    const store = await opened
    const items = await itemRows(store)
    const busy = new Set([...(await moduleRows(store)), ...items.filter((one) => one.state !== 'removable')].map((one) => one.visitId))
    await forgetRemoved(store, new Set(items.map((one) => one.visitId).filter((visitId) => !busy.has(visitId))))
  }

  async function moment(): Promise<void> {
    await look()
    if ((await knownDevice(await opened))?.token) await send(true)
  }
  onEachMoment(around.moments, () => void moment())

  return {
    async lock() {
      const store = await opened
      if (session !== null) return 'open'
      if (!(await knownDevice(store))?.token) return 'not_enrolled'
      await expire(store, await look())
      return (await officers(store)).some((one) => one.unlock !== null) ? 'locked' : 'no_officer'
    },
    async enrol(codeOrAddress, name) {
      await enrol(await opened, network, codeOrAddress, name)
      changed()
    },
    officers: async () => (await officers(await opened)).filter((one) => one.unlock !== null).map(officerOf),
    async addOfficer(login, password, unlock) {
      const store = await opened
      const { token } = await enrolled()
      const { row, privateKey } = await signIn(store, asking(network, token), around.authenticator, login, password, unlock)
      if (session?.secret) await shareWith(store, session.secret)
      if (session === null) await start(row, privateKey)
      changed()
      return officerOf(row)
    },
    async unlock(officerId, how) {
      if (session !== null && session.officer.id !== officerId) this.close()
      const { officer, privateKey } = await proven(officerId, how)
      await look()
      await start(officer, privateKey)
      return officerOf(officer)
    },
    async confirm(officerId, how) {
      if (open().officer.id === officerId) throw new Refused('same_officer')
      return officerOf((await proven(officerId, how)).officer)
    },
    close() {
      session = null
      changed()
    },
    current: () => session && officerOf(session.officer),
    readiness: async () => readiness(await opened, around.disk, session?.register ?? null, await look()),
    async prepare(progress) {
      const store = await opened
      const device = await enrolled()
      const mine = open()
      const ask = asking(network, device.token)
      await around.disk.persist()
      mine.secret = await takePackage(store, ask, device, mine.secret, clock, progress)
      await look()
      mine.register = await unpack(store, mine.secret, clock.now())
      await takeForms(store, ask, mine.register.formsSaid, progress)
      await tidy()
      changed()
      return readiness(store, around.disk, mine.register, time.highest)
    },
    register,
    async formXml(formId, version) {
      const kept = await form(await opened, formId, version)
      if (kept === null) throw new Refused('form_missing', { form: formId, version })
      return kept.xml
    },
    async visits() {
      const rows = await visitRows(await opened)
      const mine = await Promise.all(rows.map(async (row) => {
        const key = await keyOf(row)
        return key && visitOf(row, key)
      }))
      return mine.filter((visit): visit is Visit => visit !== null).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
    },
    async begin({ venueId, taskId, activities }) {
      const { keeper } = open()
      const visit: Visit = {
        visitId: crypto.randomUUID(), officerId: keeper.id, secondOfficerId: null, taskId, venueId,
        startedAt: instant(clock.now()), place: null, modules: modulesFor(register(), activities),
      }
      const row = await beginVisit(await opened, keeper, (await enrolled()).rescueKey, visit)
      changed()
      return deskFor(row)
    },
    async desk(visitId) {
      open()
      const row = await visitRow(await opened, visitId)
      if (row === null) throw new Refused('visit_unknown', { visitId })
      return deskFor(row)
    },
    outbox: async () => (await itemRows(await opened)).map(shown),
    send: () => send(false),
    async rescueFile() {
      return rescueFile(await opened, await enrolled(), instant(clock.now()))
    },
    async propose({ kind, id, version }, changes, reason) {
      const seenNow = seenFields(register(), kind, id, changes)
      const said = { seen_version: version, values: changes, seen: seenNow, reason, noted_at: instant(clock.now()) }
      await keepProposal(await opened, kind, id, said)
      changed()
      void send(true)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
