import { expect, test } from 'vitest'

import { answersKnown } from '../../src/screens/checklist/known'
import type { Officer, Task } from '../../src/trade'

const first: Officer = { id: 1, login: 'a', name: '甲', certificateNo: 'SH-1', certificateValidTo: '2029-12-31', agency: '示例文旅局' }
const planned = { kind: 'planned', sourceNo: 'JH-1', checkCode: 'JC-1', joint: false } as Task

const said = (task: Task | null) => Object.fromEntries(answersKnown({ first, second: null, arrival: null, task, venueId: 7 }))

test('a planned task answers its kind, plan and code', () => {
  expect(said(planned)).toMatchObject({
    '/data/arrival/visit_reason': 'planned',
    '/data/arrival/plan_number': 'JH-1',
    '/data/arrival/has_check_code': 'yes',
    '/data/arrival/check_code': 'JC-1',
    '/data/arrival/joint_visit': 'no',
    '/data/measurement/measured': 'no',
    '/data/signatures/person_present': 'yes',
    '/data/signatures/person_signing': 'signed',
    '/data/place/venue_id': '7',
  })
})

test('nothing is guessed: no code, no second officer, no kind of a re-inspection', () => {
  const names = Object.keys(said({ ...planned, kind: 're_inspection', sourceNo: null, checkCode: null, joint: null }))

  expect(names.filter((name) => /code|officer_2|second|reason|joint/.test(name))).toEqual([])
})
