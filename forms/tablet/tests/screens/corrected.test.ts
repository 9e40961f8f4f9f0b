import { expect, test } from 'vitest'

import { changesOf, whatIsWrong } from '../../src/screens/venue/corrected'
import type { Venue } from '../../src/trade'
import { correct, place } from '../../src/words/venue'

const VENUE = { name: '蓝星网吧', address: null, creditCode: '91350100M000100Y43' } as Venue
const SEEN = { name: '蓝星网吧', address: '', credit_code: '91350100M000100Y43' }

test('only what differs is proposed, and a field that was emptied as nothing', () => {
  expect(changesOf(VENUE, { ...SEEN, name: ' 蓝星网吧 ' })).toEqual({})
  expect(changesOf(VENUE, { name: '蓝星网咖', address: '示例路9弄', credit_code: ' ' })).toEqual({ name: '蓝星网咖', address: '示例路9弄', credit_code: null })
})

test('a credit code is written as people write it, and looked at before it is proposed', () => {
  const changes = changesOf(VENUE, { ...SEEN, credit_code: '9131 0101-ma1fpx123x' })

  expect(changes).toEqual({ credit_code: '91310101MA1FPX123X' })
  expect(whatIsWrong(changes, '核对执照')).toBeNull()
  expect(whatIsWrong({ credit_code: '9131' }, '核对执照')).toBe(correct.codeWrong)
})

test('nothing is proposed without a change and a reason', () => {
  expect(whatIsWrong({}, '核对执照')).toBe(correct.needsChange)
  expect(whatIsWrong({ name: '蓝星网咖' }, ' 一 ')).toBe(place.needsReason)
})
