import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { makeSearch, makeSearchInSlices } from '../../src/search/search'
import type { Venue } from '../../src/trade'

function venue(id: number, said: Partial<Venue>): Venue {
  return {
    id, version: 1, name: null, namePinyin: null, nameInitials: null, address: null, addressPinyin: null, addressInitials: null,
    areaCode: null, creditCode: null, establishedOn: null, position: null, accuracyM: null, extentM: null, activities: [], licences: [], ...said,
  }
}

const BLUE_STAR = venue(1, {
  name: '蓝星网吧', namePinyin: 'lan xing wang ba', nameInitials: 'lxwb', address: '示例路8弄2号', addressPinyin: 'shi li lu 8 nong 2 hao',
  addressInitials: 'sll8n2h', creditCode: '91350100M000100Y43',
  licences: [{ activity: 'internet_cafe', number: '沪网文〔2019〕0001号', issued: null, expires: null }],
})
const NIGHTINGALE = venue(2, { name: '夜莺KTV', namePinyin: 'ye ying ktv', nameInitials: 'yyk', address: '蓝星大道1号', addressPinyin: 'lan xing da dao 1 hao', addressInitials: 'lxdd1h' })
const NAMELESS = venue(3, {})
const find = makeSearch([NIGHTINGALE, BLUE_STAR, NAMELESS])

describe('a venue is found by', () => {
  test.each([
    ['part of its name', '星网'],
    ['its pinyin', 'lanxingwang'],
    ['its pinyin with spaces', 'lan xing wang'],
    ['its initials', 'lxwb'],
    ['its address', '示例路8弄'],
    ['the pinyin of its address', 'shililu'],
    ['its licence number without brackets', '沪网文20190001'],
    ['its licence number as it stands there', '沪网文〔2019〕0001号'],
    ['the digits of its licence', '20190001'],
    ['the end of its credit code, in small letters', '100y43'],
    ['words in any order', '8弄 网吧'],
    ['words of every kind', 'wang 蓝 y43'],
    ['full-width letters', 'ｌｘｗｂ'],
  ])('%s', (_, text) => {
    expect(find(text)).toEqual([BLUE_STAR])
  })
})

test('letters in a name are found in any case', () => {
  expect(find('ktv')).toEqual([NIGHTINGALE])
})

test('names come before addresses', () => {
  expect(find('蓝星')).toEqual([BLUE_STAR, NIGHTINGALE])
})

test.each(['', '   ', '（）', '蓝 夜莺网吧', 'lanxingye', '\t'])('“%s” finds nothing', (text) => {
  expect(find(text)).toEqual([])
})

test('no more than asked for, and nothing among no venues', () => {
  expect(find('蓝星', 1)).toEqual([BLUE_STAR])
  expect(makeSearch([])('a')).toEqual([])
})

it('finds whatever holds every word, and nothing else', () => {
  const name = fc.string({ unit: fc.constantFrom('蓝', '星', '网', '吧', 'a', '1'), maxLength: 6 })
  fc.assert(
    fc.property(fc.array(name, { maxLength: 20 }), name, name, (names, first, second) => {
      const rows = names.map((one, id) => venue(id, { name: one }))
      const wanted = rows.filter((row) => (first || second) && row.name?.includes(first) && row.name.includes(second))
      expect(new Set(makeSearch(rows)(`${first} ${second}`, 99))).toEqual(new Set(wanted))
    }),
  )
})

/** A city of names that are much alike. */
function city(count: number): Venue[] {
  const [signs, sounds] = ['蓝星夜莺海天华美金玉龙凤', ['lan', 'xing', 'ye', 'ying', 'hai', 'tian', 'hua', 'mei', 'jin', 'yu', 'long', 'feng']]
  return Array.from({ length: count }, (_, id) => {
    const picked = [id % 12, Math.floor(id / 12) % 12, Math.floor(id / 144) % 12]
    const heard = picked.map((i) => sounds[i] ?? '')
    const name = `上海${picked.map((i) => signs[i]).join('')}有限公司`
    return venue(id, {
      name, namePinyin: `shang hai ${heard.join(' ')} you xian gong si`, nameInitials: `sh${heard.map((one) => one[0]).join('')}yxgs`,
      address: `示例区示例路${id}弄${id % 99}号`, addressPinyin: `shi li qu shi li lu ${id} nong ${id % 99} hao`, addressInitials: `slqsll${id}n${id % 99}h`,
      creditCode: `9131${String(id).padStart(13, '0')}A`, licences: [{ activity: 'bar', number: `沪${id * 7919}`, issued: null, expires: null }],
    })
  })
}

it('reads twenty thousand venues in slices, so that the screen has its turn', async () => {
  const turns: number[] = []

  const search = await makeSearchInSlices(city(20_000), async () => void turns.push(turns.length))

  expect(turns.length).toBe(20)
  expect(search('有限 路 1').length).toBe(50)
})
