/** What screens decide by themselves, without a page. */
import { describe, expect, test } from 'vitest'

import { whereToGoOn } from '../../src/screens/entry/goOn'
import { whatIsMissing } from '../../src/screens/entry/newPassword'
import { lookUp } from '../../src/screens/law/lawbook'
import { byVisit } from '../../src/screens/sync/groups'
import { inRouteOrder } from '../../src/screens/today/order'
import { project, widthThatShows } from '../../src/screens/venue/sketch'
import { whatToInspect } from '../../src/screens/visit/modules'
import type { FormInfo, OutboxItem, Task, Venue, Visit } from '../../src/trade'

const task = (id: number, facts: Partial<Task> = {}): Task => ({ id, routeOrder: null, dueOn: null, priority: 2, activities: [], ...facts }) as Task

test('tasks stand in route order, then by their day, then by weight', () => {
  const tasks = [task(1, { dueOn: '2026-11-22' }), task(2), task(3, { routeOrder: 2 }), task(4, { routeOrder: 1, dueOn: '2026-12-01' }), task(5, { priority: 1 })]

  expect(inRouteOrder(tasks).map((one) => one.id)).toEqual([4, 3, 1, 5, 2])
})

describe('after a break the app opens', () => {
  const visit = (visitId: string, startedAt: string, state: 'open' | 'signed', instanceID = `${visitId}-a`): Visit =>
    ({ visitId, startedAt, place: { instanceID, question: '/x' }, modules: [{ instanceID: `${visitId}-a`, state }] }) as Visit

  test('at the newest question that is still open', () => {
    expect(whereToGoOn([visit('old', '2026-11-21T01:00:00Z', 'open'), visit('new', '2026-11-21T02:00:00Z', 'open')])).toBe('/visit/new/new-a')
  })

  test('at today’s list when all is signed, or the place is of a module that is not there', () => {
    expect(whereToGoOn([visit('v', '2026-11-21T01:00:00Z', 'signed'), visit('w', '2026-11-21T01:00:00Z', 'open', 'gone')])).toBe('/')
  })
})

test.each([
  [{ login: '', account: 'x', password: '12345678', again: '12345678' }, false, '请填写账号和账号密码'],
  [{ login: 'z', account: 'x', password: '1234567', again: '1234567' }, false, '解锁密码至少 8 个字符'],
  [{ login: 'z', account: '12345678', password: '12345678', again: '12345678' }, false, '解锁密码不能与账号密码相同'],
  [{ login: 'z', account: 'x', password: '12345678', again: '12345679' }, false, '两次输入不一致'],
  [{ login: 'z', account: 'x', password: '护苗护苗护苗护苗', again: '护苗护苗护苗护苗' }, false, null],
  [{ login: 'z', account: 'x', password: '', again: '' }, true, null],
])('an officer can be added when nothing is missing (%#)', (said, byPlatform, missing) => {
  expect(whatIsMissing(said, byPlatform)).toBe(missing)
})

describe('what is inspected', () => {
  const forms = ['bar', 'tobacco', 'alcohol'].map((activity) => ({ activity }) as FormInfo)
  const bar = { activities: ['bar', 'tobacco', 'massage'] } as Venue

  test('is what the task asks for; the venue’s other activities are offered beside it', () => {
    expect(whatToInspect(forms, bar, task(1, { activities: ['tobacco'] }))).toEqual({ all: ['tobacco', 'bar'], chosen: ['tobacco'] })
  })

  test('is all that the venue does when there is no task', () => {
    expect(whatToInspect(forms, bar, null)).toEqual({ all: ['bar', 'tobacco'], chosen: ['bar', 'tobacco'] })
  })

  test('is open to every form where nothing is known', () => {
    expect(whatToInspect(forms, null, null)).toEqual({ all: ['bar', 'tobacco', 'alcohol'], chosen: [] })
  })
})

test('of what is unsent, refused visits come first, then the newest; the record before its photos', () => {
  const item = (visitId: string, what: OutboxItem['what'], state: OutboxItem['state'], changedAt: string): OutboxItem => ({ visitId, what, state, changedAt }) as OutboxItem
  const groups = byVisit([
    item('old', 'record', 'here', '2026-11-21T01'), item('new', { file: 'a' }, 'here', '2026-11-21T02'),
    item('new', 'record', 'verified', '2026-11-21T02'), item('bad', 'record', 'refused', '2026-11-20T01'),
  ])

  expect(groups.map((group) => group.visitId)).toEqual(['bad', 'new', 'old'])
  expect(groups[1]?.items[0]?.what).toBe('record')
})

describe('the sketch', () => {
  test('draws east to the right and north up, in metres', () => {
    const [x, y] = project([121, 31], [121.001, 31.001])

    expect([Math.round(x), Math.round(y)]).toEqual([95, -111])
  })

  test('opens so that the ring is seen whole', () => {
    expect(widthThatShows([150, 300, 500, 800, 1500], [200], 135)).toBe(3)
    expect(widthThatShows([150, 300], [], 9000)).toBe(1)
  })
})

test('the law is looked up by activity and by words of the duty or of its clauses, as it stands that day', () => {
  const duty = (id: string, facts: object): object => ({ id, from: '2020-01-01', to: null, activities: ['bar'], to_confirm: [], statement: ['禁止进入', 'no entry'], breach: null, how_to_check: null, clauses: ['c'], ...facts })
  const law = {
    version: 1, activities: [],
    duties: [duty('A', {}), duty('B', { activities: ['hotel'] }), duty('C', { to: '2025-12-31' }), duty('D', { clauses: [] }), duty('E', { activities: [], to_confirm: ['hotel'] })],
    clauses: [{ id: 'c', from: null, to: null, citation: ['《某条例》第九条', 'Rules, article 9'], summary: ['摘要', 'summary'] }],
  } as unknown as Parameters<typeof lookUp>[0]
  const ids = (activity: string | null, text: string): string[] => lookUp(law, '2026-11-21', activity, text).map((one) => one.duty.id)

  expect(ids(null, '')).toEqual(['A', 'B', 'D', 'E'])
  expect(ids('hotel', '')).toEqual(['B', 'E'])
  expect(ids('bar', '第九条 进入')).toEqual(['A'])
})
