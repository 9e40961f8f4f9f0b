import { expect, test } from 'vitest'

import { entityLists } from '../../src/engine/lists'
import type { Site, Venue } from '../../src/trade'

const venue = {
  id: 1, name: '蓝星,"网吧"', address: '示例路1弄', position: [121.47, 31.23],
  licences: [{ activity: 'internet_cafe', number: '旧' }, { activity: 'internet_cafe', number: '新' }, { activity: 'bar', number: '酒' }],
} as unknown as Venue
const ring = [[121.4, 31.2], [121.5, 31.2], [121.5, 31.3]] as const
const school = { id: 7, name: '示例中学', kind: 'middle', place: { rings: [[ring]] }, gates: [] } as unknown as Site

test('a slice has the venue with its newest licence of the activity, and the sites near it', () => {
  expect(entityLists(venue, [school], 'internet_cafe')).toEqual({
    'venues.csv': 'id,name,address,activity,licence_number,lon,lat\n1,"蓝星,""网吧""",示例路1弄,internet_cafe,新,121.4700000,31.2300000\n',
    'sites.csv': 'id,name,kind,lon,lat\n7,示例中学,middle,121.4000000,31.2000000\n',
  })
})

test('a venue in no list leaves the headings alone', () => {
  expect(entityLists(null, [], 'bar')).toEqual({
    'venues.csv': 'id,name,address,activity,licence_number,lon,lat\n',
    'sites.csv': 'id,name,kind,lon,lat\n',
  })
})
