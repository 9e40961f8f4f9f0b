/** What surrounds a tablet in tests: a clock turned by hand, a disk of any size, an authenticator, and no moments. */
import 'fake-indexeddb/auto'

import type { Surroundings } from '../src/app'
import type { Clock } from '../src/clock'
import { joined, random, utf8, type Bytes } from '../src/vault/bytes'
import type { Authenticator } from '../src/vault/unlock'

export const MORNING = Date.parse('2026-11-20T00:20:00Z')

/** A clock that stands until a test turns it; pauses pass at once and are noted. */
export function clockAt(at = MORNING): Clock & { at: number; pauses: number[] } {
  const clock = {
    at,
    pauses: [] as number[],
    now: () => clock.at,
    pause: async (ms: number) => void clock.pauses.push(ms),
  }
  return clock
}

/** An authenticator that gives the same secret for the same salt, as the PRF of WebAuthn does. */
export function authenticator(): Authenticator {
  const own = random(32)
  const secretFor = async (salt: Bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', joined(own, salt)))
  return {
    available: async () => true,
    enrol: async (officer, salt) => ({ credential: utf8(officer.login), secret: await secretFor(salt) }),
    ask: (_, salt) => secretFor(salt),
  }
}

const QUOTA = 2 ** 30

/** `disk.share` says how much of the disk is full. */
export function around(): Surroundings & { disk: { share: number } } {
  const disk = {
    share: 0.01,
    estimate: async () => ({ usage: disk.share * QUOTA, quota: QUOTA }),
    persisted: async () => true,
    persist: async () => true,
  }
  return { disk, authenticator: authenticator(), moments: { listen: () => undefined, every: () => undefined } }
}

let databases = 0
/** The name of a database that no other test has. */
export const newDatabase = (): string => `test-${databases++}`
