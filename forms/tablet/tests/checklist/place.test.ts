import { expect, test } from 'vitest'

import { keepPlace } from '../../src/screens/checklist/place'
import type { Visit } from '../../src/trade'

const VISIT: Visit = { visitId: 'v1', officerId: 1, secondOfficerId: 2, taskId: null, venueId: 1, startedAt: '2026-11-21T01:00:00Z', place: null, modules: [] }

test('who moves on while the place is written is found where they went', async () => {
  const written: (string | null | undefined)[] = []
  const disk: (() => void)[] = []
  const save = (change: Partial<Visit>) => new Promise<void>((done) => {
    written.push(change.place?.question)
    disk.push(done)
  })
  const place = keepPlace({ visit: VISIT, save }, 'uuid:1')

  place.stand('/data/duties/patrol')
  const first = place.save()
  place.stand('/data/duties/patrol_note')
  disk[0]?.()
  await first
  void place.save()

  expect(written).toEqual(['/data/duties/patrol', '/data/duties/patrol_note'])
})

test('who stays where they were writes nothing', async () => {
  const stood = { ...VISIT, place: { instanceID: 'uuid:1', question: '/data/duties/patrol' } }
  const place = keepPlace({ visit: stood, save: () => Promise.reject(new Error('nothing moved')) }, 'uuid:1')

  expect(place.stand('/data/duties/patrol')).toBe(false)
  await expect(place.save()).resolves.toBeUndefined()
})
