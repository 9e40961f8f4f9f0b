/** How much room is left: a warning at 80 %, no more pictures at 95 %; what is written is still saved. */
import { Refused } from '../tablet'

export const WARNED_AT = 0.8
export const REFUSED_AT = 0.95

/** What a browser can say of its disk. */
export interface Disk {
  estimate(): Promise<{ usage?: number; quota?: number }>
  persisted(): Promise<boolean>
  persist(): Promise<boolean>
}

export interface Room { usedBytes: number; quotaBytes: number; problem: 'storage_low' | 'storage_full' | null }

export async function room(disk: Disk): Promise<Room> {
  const { usage = 0, quota = 0 } = await disk.estimate()
  const share = quota > 0 ? usage / quota : 0
  const problem = share >= REFUSED_AT ? 'storage_full' : share >= WARNED_AT ? 'storage_low' : null
  return { usedBytes: usage, quotaBytes: quota, problem }
}

/** Throws Refused when a picture of this size would fill the disk; a rescue file makes room. */
export async function needRoom(disk: Disk, bytes: number): Promise<void> {
  const { usage = 0, quota = 0 } = await disk.estimate()
  if (quota > 0 && usage + bytes >= quota * REFUSED_AT) throw new Refused('storage_full', { usage, quota })
}
