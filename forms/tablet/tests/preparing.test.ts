import { describe, expect, test } from 'vitest'

import type { Bytes } from '../src/vault/bytes'
import { enrolled, FINGER, morning, prepared, silently } from './day'

test('a tablet is let in once, by a code as somebody types it or by what a square says', async () => {
  const { tablet } = await morning()

  expect(await tablet.lock()).toBe('not_enrolled')
  await tablet.enrol('http://office/tablet/enrolment#ABCD-EFGH', '平板4')
  expect(await tablet.lock()).toBe('no_officer')
  await expect(tablet.enrol('ABCD', '平板4')).rejects.toThrow('already_enrolled')
})

test('an enrolment whose answer was lost is asked again with the same key', async () => {
  const { tablet, server } = await morning()
  server.cut = () => (server.keys.length === 0 ? 'after' : 'none')

  await expect(tablet.enrol('ABCD', '平板4')).rejects.toThrow('offline')
  await tablet.enrol('ABCD', '平板4')

  const [first, second] = server.keys
  expect(first).toBe(second)
  expect(await tablet.lock()).toBe('no_officer')
})

test('an officer signs in online and may then work', async () => {
  const { tablet, officer } = await enrolled()

  expect(officer).toEqual({ id: 7, login: 'zhang', name: '张三', certificateNo: 'SH-1', certificateValidTo: '2027-12-31', agency: '示例文旅局' })
  expect(tablet.current()).toEqual(officer)
  expect(await tablet.lock()).toBe('open')
})

test('a wrong password and a short unlock are told by their words', async () => {
  const { tablet } = await enrolled()

  await expect(tablet.addOfficer('li', 'wrong', FINGER)).rejects.toThrow('sign_in_failed')
  await expect(tablet.addOfficer('li', 'right', { password: '1234567' })).rejects.toThrow('unlock_too_short')
})

test('after preparing the register is at hand, unpacked into the words of the trade', async () => {
  const { tablet } = await prepared()

  const { venues, sites, forms, numbers, law, visitsOf } = tablet.register()
  expect(venues.get(1)).toMatchObject({ name: '蓝星网吧', position: [121.47, 31.23], activities: ['internet_cafe'] })
  expect(venues.get(2)?.position).toBeNull()
  expect(sites.get(1)?.place).toEqual({ rings: [[[[121.47, 31.23], [121.47001, 31.23], [121.47001, 31.23001]]]] })
  expect(forms.map(({ id, version }) => [id, version])).toEqual([['internet_cafe', '1']])
  expect(numbers('inspection_notice')[4]).toEqual({ id: 5, text: 'inspection_notice〔2026〕5号' })
  expect(visitsOf(1).map(({ on, violations }) => [on, violations])).toEqual([['2026-11-02', 2], ['2026-05-06', 0]])
  expect(visitsOf(2)).toEqual([])
  expect(law).toEqual({ version: 3 })
  expect(await tablet.formXml('internet_cafe', '1')).toContain('h:html')
})

test('readiness names what is here and what is wrong', async () => {
  const { tablet, server, surroundings } = await enrolled()
  expect((await tablet.readiness()).ready).toBe(false)
  surroundings.disk.share = 0.85

  const { ready, items, expiresAt } = await tablet.prepare(silently)

  const problems = Object.fromEntries(items.filter(({ problem }) => problem).map(({ what, problem }) => [what, problem]))
  expect(ready).toBe(true)
  expect(problems).toEqual({ storage: 'storage_low', second_officer: 'no_second_officer' })
  expect(items.find(({ what }) => what === 'venues')).toMatchObject({ count: 2, version: server.version })
  expect(expiresAt).toBe('2026-11-21T00:20:00.000Z')
})

test('a clock that is wrong by more than five minutes is told, and the server\'s time counts', async () => {
  const { tablet, server, clock } = await enrolled()
  server.madeAt = clock.at + 6 * 60_000

  const { ready, items } = await tablet.prepare(silently)

  expect(ready).toBe(false)
  expect(items.find(({ what }) => what === 'clock')?.problem).toBe('clock_wrong')
})

describe('packages that are not believed', () => {
  const damages: [string, string, (content: Bytes) => Bytes][] = [
    ['package_not_signed', 'another manifest', (content) => content.with(40, content[40] === 65 ? 66 : 65)],
    ['package_damaged', 'a bit of a section', (content) => content.with(-5, (content.at(-5) ?? 0) ^ 1)],
    ['package_damaged', 'the last byte missing', (content) => content.slice(0, -1)],
    ['package_damaged', 'a byte too many', (content) => Uint8Array.from([...content, 0])],
  ]
  test.each(damages)('%s: %s', async (word, _, damage) => {
    const { tablet, server } = await enrolled()
    server.damage = damage

    await expect(tablet.prepare(silently)).rejects.toThrow(word)
    expect(() => tablet.register()).toThrow('no_package')
  })

  test('an older one than the one that is held', async () => {
    const { tablet, server, clock } = await prepared()
    server.madeAt = clock.at - 1

    await expect(tablet.prepare(silently)).rejects.toThrow('package_older')
  })

  test('a form that is not the one that the package names', async () => {
    const { tablet, server } = await enrolled()
    server.sections.forms = [{ id: 'internet_cafe', version: '9', activity: 'internet_cafe', sha256: 'other', media: [] }]

    await expect(tablet.prepare(silently)).rejects.toThrow('form_differs')
  })
})

test('the next day only what changed is added, and what is gone is gone', async () => {
  const { tablet, server, clock, started, officer } = await prepared()
  clock.at += 3_600_000
  const changes = { rows: { id: [2, 3], version: [2, 1], name: ['红月', '新店'], lon: [1, 2], lat: [1, 2], licences: [[], []], activities: [[], []] }, gone: [1] }
  Object.assign(server, { version: 'v2', completes: 'v1', kinds: { venues: 'changes' }, sections: { venues: changes } })
  await tablet.prepare(silently)

  const again = started()
  await again.unlock(officer.id, FINGER)

  expect([...again.register().venues].map(([id, { name }]) => [id, name])).toEqual([[2, '红月'], [3, '新店']])
  expect(again.register().sites.size).toBe(1)
})

test('a package that completes another version is asked for again as a whole', async () => {
  const { tablet, server, clock } = await prepared()
  clock.at += 1000
  server.completes = 'another'
  const asked: string[] = []
  server.cut = (path) => {
    asked.push(path.replace(/.*since=(.*?)&.*/, '$1'))
    if (path.includes('since=&')) server.completes = null
    return 'none'
  }

  await tablet.prepare(silently)

  expect(asked).toEqual(['v1', ''])
})

test('a business is known by its visits of this year, until the year is over', async () => {
  const { tablet, clock } = await prepared()

  expect(tablet.register().visitsThisYear(1)).toEqual({ count: 4, asOf: '2026-11-20' })
  expect(tablet.register().visitsThisYear(2)).toEqual({ count: 0, asOf: '2026-11-20' })

  clock.at = Date.parse('2026-12-31T00:00:00Z')
  await tablet.prepare(silently)
  clock.at = Date.parse('2026-12-31T17:00:00Z')
  expect(tablet.register().visitsThisYear(1)).toBeNull()
})

test('whom to call when a minor is found comes with the package', async () => {
  const { tablet } = await prepared()

  expect(tablet.register().callees).toEqual({
    offices: [{ areaCode: '310101', kind: 'education', name: '示例区教育局', phone: '021-00000005' }], public: [],
  })
})

test.each([
  ['no telephone', { phone: null }, 'contacts_missing'],
  ['no telephone for complaints', { complaint_phone: null }, 'contacts_missing'],
  ['no address, but an e-mail', { address: null, email: 'office@example.invalid' }, null],
  ['neither', { address: null }, 'contacts_missing'],
])('of an agency with %s readiness says so, and nobody is held up', async (_, lacking, problem) => {
  const { tablet, server } = await enrolled()
  const said = server.sections.contacts as { agency: Record<string, unknown> }
  server.sections.contacts = { ...said, agency: { ...said.agency, ...lacking } }

  const { ready, items } = await tablet.prepare(silently)

  expect(ready).toBe(true)
  expect(items.find(({ what }) => what === 'contacts')?.problem).toBe(problem)
})
