import { describe, expect, it, test } from 'vitest'
import { distanceM } from '../../src/geo/frame'
import { assess, sitesForAssessing, SHOWN_M, verdictOf, type Assessment } from '../../src/law/assess'
import { worst } from '../../src/law/rules'
import { assessments, law, type Checked, type Near } from '../vectors'

const { on, sites, venues } = assessments
const decided = { ...law, distance_settings: assessments.decisions }

describe.each([
  ['as the law is shipped', law, assessments.as_shipped],
  ['with decisions of authorities', decided, assessments.with_decisions],
])('%s', (_, theLaw, expected) => {
  const near = sitesForAssessing(sites, theLaw)
  const found = venues.flatMap((venue) => assess(venue, near, theLaw, on).map((one) => ({ ...one, venueId: venue.id })))
  const of = (checked: Checked): Assessment[] => found.filter((one) => one.venueId === checked.venueId && one.activity === checked.activity)

  it('judges every rule as the server does', () => {
    for (const checked of expected) {
      const rules = checked.rules.map(({ ruleId }) => ({ ruleId, verdict: worst(of(checked).filter((one) => one.ruleId === ruleId).map((one) => one.verdict)) }))
      expect(rules).toEqual(checked.rules.map(({ ruleId, verdict }) => ({ ruleId, verdict })))
      expect(verdictOf(of(checked))).toBe(checked.verdict)
    }
  })

  it('measures every site as the server does, nearest first, with its reason', () => {
    for (const checked of expected) {
      const inOrder = checked.rules.flatMap(({ ruleId }) => checked.sites.filter((one) => one.ruleId === ruleId))
      const told = of(checked).filter((one) => one.siteId !== null)
      expect(told.map(named)).toEqual(inOrder.map(named))
      for (const [i, one] of told.entries()) {
        const wanted = inOrder[i]
        for (const metres of ['distanceM', 'boundaryM', 'gateM', 'errorM', 'extentM'] as const)
          expect(Math.abs((one[metres] ?? -1) - (wanted?.[metres] ?? -1)), `${checked.venueId} ${metres}`).toBeLessThan(0.001)
        expect(one.reason[0]).toBe(wanted?.reason)
      }
    }
  })

  it('cites what the server cites', () => {
    for (const checked of expected)
      for (const rule of checked.rules) {
        const clauses = of(checked).find((one) => one.ruleId === rule.ruleId)?.clauses ?? []
        expect(clauses.flatMap((clause) => (clause.citation ? [clause.citation[0]] : []))).toEqual(rule.citations)
      }
  })

  it('draws each line from the venue to where a tape would end', () => {
    for (const one of found.filter(({ siteId, distanceM }) => siteId !== null && distanceM !== 0)) {
      expect(one.line && Math.abs(distanceM(one.line.from, one.line.to) - (one.distanceM ?? 0))).toBeLessThan(0.001)
    }
  })
})

function named(one: Near | Assessment): unknown[] {
  return [one.ruleId, one.siteId, one.verdict, one.method, one.cameFirst]
}

test('the vectors hold verdicts of every kind, and every way of measuring', () => {
  const rows = [...assessments.as_shipped, ...assessments.with_decisions].flatMap((one) => one.sites)
  expect(new Set(rows.map((one) => one.verdict))).toEqual(new Set(['inside', 'survey', 'not_configured', 'clear']))
  expect(new Set(rows.map((one) => one.method)).size).toBe(3)
  expect(rows.filter((one) => one.boundaryM > SHOWN_M)).not.toEqual([])
})

test('a venue without a position is not assessed', () => {
  const [venue] = venues.filter((one) => !one.position)
  expect(venue && assess(venue, sitesForAssessing(sites, law), law, on)).toEqual([])
})

test('sites that are closed, or not yet open, protect nobody', () => {
  const [venue] = venues.filter((one) => assessments.as_shipped.some((row) => row.venueId === one.id && row.verdict === 'inside'))
  const shut = sites.map((site, i) => (i % 2 ? { ...site, closedOn: '2026-11-20' } : { ...site, openedOn: '2026-11-22' }))
  const lastDay = sites.map((site) => ({ ...site, closedOn: on }))

  expect(venue && assess(venue, sitesForAssessing(shut, law), law, on).every((one) => one.siteId === null)).toBe(true)
  expect(venue && assess(venue, sitesForAssessing(lastDay, law), law, on).some((one) => one.verdict === 'inside')).toBe(true)
})
