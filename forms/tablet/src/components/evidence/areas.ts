/** Areas of a picture that show nobody, moved and sized by buttons: as parts of its width and height. */
import type { ClearArea } from '../../trade'

const STEP = 0.1
const SMALLEST = 0.1
export const FIRST: ClearArea = { x: 0.3, y: 0.3, width: 0.4, height: 0.4 }

export type Move = 'left' | 'right' | 'up' | 'down' | 'wider' | 'narrower' | 'taller' | 'lower'

const STEPS: Record<Move, [keyof ClearArea, number]> = {
  left: ['x', -STEP], right: ['x', STEP], up: ['y', -STEP], down: ['y', STEP],
  wider: ['width', STEP], narrower: ['width', -STEP], taller: ['height', STEP], lower: ['height', -STEP],
}

/** The area after one step; it stays inside the picture. */
export function moved(area: ClearArea, move: Move): ClearArea {
  const [side, by] = STEPS[move]
  const wanted = { ...area }
  wanted[side] += by
  const { x, y, width, height } = wanted
  const inside = { width: within(width, SMALLEST, 1), height: within(height, SMALLEST, 1) }
  return { x: within(x, 0, 1 - inside.width), y: within(y, 0, 1 - inside.height), ...inside }
}

function within(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), most) * 100) / 100
}
