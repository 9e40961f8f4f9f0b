/** When sending is tried without anybody asking: at the start, when a network comes, when the app is seen again, each minute. */
export const EVERY_MS = 60_000

/** The browser around us, as far as it tells of such moments. */
export interface Moments {
  listen(moment: 'online' | 'visible', then: () => void): void
  every(ms: number, then: () => void): void
}

export const browserMoments: Moments = {
  listen(moment, then) {
    if (moment === 'online') addEventListener('online', then)
    else document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && then())
  },
  every: (ms, then) => void setInterval(then, ms),
}

export function onEachMoment(moments: Moments, then: () => void): void {
  moments.listen('online', then)
  moments.listen('visible', then)
  moments.every(EVERY_MS, then)
  then()
}
