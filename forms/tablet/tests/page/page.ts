/** The tablet without screens, for tests in a real browser; it is built apart and is no part of the app. */
import { openTablet } from '../../src/app'
import { systemClock } from '../../src/clock'
import { throughBrowser } from '../../src/sync/network'

/** The browser's clock, turned by as many hours as the address says. */
const turnedMs = Number(new URLSearchParams(location.search).get('hours')) * 3_600_000
const clock = { ...systemClock, now: () => Date.now() + turnedMs }

Object.assign(window, { tablet: openTablet(throughBrowser, clock) })
