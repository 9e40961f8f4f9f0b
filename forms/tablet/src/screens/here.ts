/** Where the officer stands, asked only when a screen needs it and somebody wants it: a battery has to last a day. */
import { Refused } from '../tablet'
import type { Position } from '../trade'

export interface Here { position: Position; accuracyM: number; at: string }

/** Ask the device once. Its coordinates are WGS-84, which equals CGCS2000 within decimetres. */
export function whereAmI(): Promise<Here> {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        const at = new Date(timestamp).toISOString()
        resolve({ position: [coords.longitude, coords.latitude], accuracyM: coords.accuracy, at })
      },
      () => reject(new Refused('no_position')),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 10_000 },
    )
  })
}

/** Whether the device would answer without asking the officer first. */
export async function mayAskQuietly(): Promise<boolean> {
  return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted'
}
