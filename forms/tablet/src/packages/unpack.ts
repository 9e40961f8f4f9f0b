/** Rows of a package as objects of the trade: columns become rows, ten-millionths of a degree and steps become positions. */
import type { EarlierVisit } from '../tablet'
import type { AgencyContact, Callees, FormInfo, Licence, Position, Site, SiteKind, Task, TaskKind, Venue } from '../trade'
import type { Columns, Rows } from './apply'

const A_DEGREE = 1e7

type Shape = { points: number[] } | { rings: number[][][] }
type Field = <Value>(name: string) => Value

export function venuesOf({ rows }: Rows): Map<number, Venue> {
  return byId(rows, (field) => ({
    id: field('id'),
    version: field('version'),
    name: field('name'),
    namePinyin: field('name_pinyin'),
    nameInitials: field('name_initials'),
    address: field('address'),
    addressPinyin: field('address_pinyin'),
    addressInitials: field('address_initials'),
    areaCode: field('area_code'),
    creditCode: field('credit_code'),
    establishedOn: field('established_on'),
    position: position(field('lon'), field('lat')),
    accuracyM: field('accuracy_m'),
    extentM: field('extent_m'),
    activities: field('activities'),
    licences: field<[string, string, string | null, string | null][]>('licences').map(licence),
  }))
}

export function sitesOf({ rows }: Rows): Map<number, Site> {
  return byId(rows, (field) => ({
    id: field('id'),
    version: field('version'),
    name: field('name'),
    kind: field<SiteKind>('kind'),
    address: field('address'),
    areaCode: field('area_code'),
    place: placeOf(field('place')),
    gates: pointsOf(field('gates')),
    accuracyM: field('accuracy_m'),
    openedOn: field('opened_on'),
    closedOn: field('closed_on'),
  }))
}

/** Earlier visits by venue, newest first. */
export function visitsOf({ rows }: Rows): Map<number, EarlierVisit[]> {
  return byId(rows, (field) =>
    field<[string, string, number][]>('visits').map(([on, activity, violations]) => ({ on, activity, violations, summary: null })),
  )
}

/** How often all agencies came to the business of a venue this year. */
export function oftenOf({ rows }: Rows): Map<number, number> {
  return byId(rows, (field) => field<number | undefined>('this_year') ?? 0)
}

export interface ContactsSaid {
  areas: { area_code: string; kind: Callees['offices'][number]['kind']; name: string; phone: string }[]
  public: Callees['public']
  agency: { address: string | null; phone: string | null; complaint_phone: string | null; email: string | null; minors_phone: string | null } | null
}

export function calleesOf({ areas, public: numbers }: ContactsSaid): Callees {
  return { offices: areas.map(({ area_code, ...said }) => ({ areaCode: area_code, ...said })), public: numbers }
}

export function contactOf({ agency }: ContactsSaid): AgencyContact | null {
  return agency && { address: agency.address, phone: agency.phone, complaintPhone: agency.complaint_phone, email: agency.email, minorsPhone: agency.minors_phone }
}

export interface TaskSaid {
  id: number; version: number; kind: TaskKind; trigger: string | null; state: string
  venue_id: number | null; venue_name: string | null; venue_address: string | null; place_text: string | null
  lon: number | null; lat: number | null; activities: string[]; reason: string | null; source_no: string | null
  check_code: string | null; joint?: boolean | null; visit_on: string | null; due_on: string | null; priority: number; route_order: number | null
}

export function taskOf(said: TaskSaid): Task {
  return {
    id: said.id,
    version: said.version,
    kind: said.kind,
    trigger: said.trigger,
    state: said.state,
    venueId: said.venue_id,
    venueName: said.venue_name,
    venueAddress: said.venue_address,
    placeText: said.place_text,
    position: position(said.lon, said.lat),
    activities: said.activities,
    reason: said.reason,
    sourceNo: said.source_no,
    checkCode: said.check_code, joint: said.joint ?? null,
    visitOn: said.visit_on,
    dueOn: said.due_on,
    priority: said.priority,
    routeOrder: said.route_order,
  }
}

/** A form as the package names it; by `sha256` the tablet knows what it fetched. */
export type FormSaid = FormInfo & { sha256: string }

export interface Block { kind: string; day: string; numbers: [id: number, text: string][] }

function byId<Row>(rows: Columns, row: (field: Field) => Row): Map<number, Row> {
  const found = new Map<number, Row>()
  for (let at = 0; at < rows.id.length; at++) {
    const field = <Value>(name: string) => rows[name]?.[at] as Value
    found.set(rows.id[at] as number, row(field))
  }
  return found
}

function position(lon: number | null, lat: number | null): Position | null {
  return lon === null || lat === null ? null : [lon / A_DEGREE, lat / A_DEGREE]
}

function licence([activity, number, issued, expires]: [string, string, string | null, string | null]): Licence {
  return { activity, number, issued, expires }
}

function placeOf(shape: Shape | null): Site['place'] {
  if (shape === null) return null
  if ('points' in shape) return { points: corners(shape.points) }
  return { rings: shape.rings.map((polygon) => polygon.map(corners)) }
}

function pointsOf(shape: Shape | null): Position[] {
  return shape !== null && 'points' in shape ? corners(shape.points) : []
}

/** Corners from steps: x and y of the first, then how far the next is. */
function corners(steps: number[]): Position[] {
  const found: Position[] = []
  let [x, y] = [0, 0]
  for (let at = 0; at + 1 < steps.length; at += 2) {
    x += steps[at] ?? 0
    y += steps[at + 1] ?? 0
    found.push([x / A_DEGREE, y / A_DEGREE])
  }
  return found
}
