/** What is still missing before an officer can be added, in words; null when nothing is. */
import { t } from '../../words'
import { unlock } from '../../words/entry'

const SHORTEST = 8

export interface SignIn { login: string; account: string; password: string; again: string }

export function whatIsMissing({ login, account, password, again }: SignIn, byPlatform: boolean): string | null {
  if (login.trim() === '' || account === '') return t(unlock.needsLogin)
  if (byPlatform) return null
  if ([...password].length < SHORTEST) return t(unlock.tooShort)
  if (password === account) return t(unlock.sameAsAccount)
  return password === again ? null : t(unlock.differ)
}
