import { expect, test } from 'vitest'

import { enrolled, FINGER, silently } from '../day'

const COUNT = 20_000
const each = <Value>(value: (n: number) => Value): Value[] => Array.from({ length: COUNT }, (_, n) => value(n))

test('the register of a district with 20,000 venues is open soon after the unlock', async () => {
  const { tablet, server, officer } = await enrolled()
  server.sections.venues = { rows: {
    id: each((n) => n + 1), version: each(() => 1), name: each((n) => `示例网络服务有限公司第${n}分店`),
    name_pinyin: each((n) => `shi li wang luo fu wu you xian gong si ${n}`), name_initials: each((n) => `slwlfwyxgs${n}`),
    address: each((n) => `示例区示例路${n}弄2号`), address_pinyin: each(() => 'shi li qu shi li lu'), address_initials: each(() => 'slqsll'),
    area_code: each(() => '310101'), credit_code: each(() => '91350100M000100Y43'), lon: each((n) => 1214000000 + n * 10), lat: each(() => 312300000),
    accuracy_m: each(() => 5), extent_m: each(() => 10), activities: each(() => ['internet_cafe']),
    licences: each((n) => [['internet_cafe', `沪网文${n}`, '2019-01-01', '2030-01-01']]),
  } }
  await tablet.prepare(silently)

  const tookMs: number[] = []
  for (let time = 0; time < 3; time++) {
    tablet.close()
    const began = performance.now()
    await tablet.unlock(officer.id, FINGER)
    tookMs.push(performance.now() - began)
  }

  expect(tablet.register().venues.size).toBe(COUNT)
  expect(Math.min(...tookMs)).toBeLessThan(1000)
}, 30_000)
