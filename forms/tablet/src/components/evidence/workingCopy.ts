/** What is shown of a picture: smaller, and pixelated but for the areas that show nobody. The original stays as it is. */
import type { ClearArea } from '../../trade'

/** Of a face that fills the picture this few blocks are left: fewer than anybody can be told by. */
const BLOCKS = 12
const LONGEST = 1280

export interface Size { width: number; height: number }

export function fitted({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Draws it into the canvas, which takes its size. */
export function drawShown(canvas: HTMLCanvasElement, picture: ImageBitmap, sealed: boolean, clear: readonly ClearArea[]): void {
  const { width, height } = fitted(picture, LONGEST)
  canvas.width = width
  canvas.height = height
  const pen = penOf(canvas)
  if (!sealed) {
    pen.drawImage(picture, 0, 0, width, height)
    return
  }
  pen.imageSmoothingEnabled = false
  pen.drawImage(blocksOf(picture), 0, 0, width, height)
  for (const { x, y, width: w, height: h } of clear) {
    const from = [x * picture.width, y * picture.height, w * picture.width, h * picture.height] as const
    pen.drawImage(picture, ...from, x * width, y * height, w * width, h * height)
  }
}

/** Halved step by step, so that every block is the mean of what it covers. */
function blocksOf(picture: ImageBitmap): HTMLCanvasElement {
  const goal = fitted(picture, BLOCKS)
  let from: ImageBitmap | HTMLCanvasElement = picture
  for (;;) {
    const to = document.createElement('canvas')
    to.width = Math.max(goal.width, Math.ceil(from.width / 2))
    to.height = Math.max(goal.height, Math.ceil(from.height / 2))
    penOf(to).drawImage(from, 0, 0, to.width, to.height)
    if (to.width === goal.width && to.height === goal.height) return to
    from = to
  }
}

function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser draws no pictures')
  return pen
}
