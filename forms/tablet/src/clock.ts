/** Time as an argument: now, and waiting. Tests bring a clock that they turn by hand. */
export interface Clock {
  now(): number
  pause(ms: number): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}

export const instant = (at: number): string => new Date(at).toISOString()
