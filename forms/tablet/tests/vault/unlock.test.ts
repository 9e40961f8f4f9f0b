import { expect, test } from 'vitest'

import { random } from '../../src/vault/bytes'
import { openByAuthenticator, openByPassword, ROUNDS, sealByAuthenticator, sealByPassword, WrongUnlock } from '../../src/vault/unlock'
import { authenticator } from '../around'

const secret = random(32)

test('a password opens what it sealed, whatever keyboard typed it, and no other does', async () => {
  const unlock = await sealByPassword(secret, 'Ｌantern７7')

  expect(unlock.by === 'password' && unlock.rounds).toBe(ROUNDS)
  expect(await openByPassword(unlock, 'Lantern77')).toEqual(secret)
  await expect(openByPassword(unlock, 'Lantern78')).rejects.toThrow(WrongUnlock)
})

test('the rounds are those that are recommended for PBKDF2 with SHA-256', () => {
  expect(ROUNDS).toBeGreaterThanOrEqual(600_000)
})

test('an authenticator opens what it sealed, and another one does not', async () => {
  const mine = authenticator()
  const unlock = await sealByAuthenticator(secret, mine, { login: 'zhang', name: '张三' })

  expect(await openByAuthenticator(unlock, mine)).toEqual(secret)
  await expect(openByAuthenticator(unlock, authenticator())).rejects.toThrow(WrongUnlock)
})
