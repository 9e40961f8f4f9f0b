/**
 * The picture of a lead, smaller and drawn anew: a lead points somewhere and is no evidence, so what the camera noted
 * beside the picture does not come along, and it goes in one request.
 */
import { fitted } from '../../components/evidence/workingCopy'
import { Refused } from '../../tablet'

const LONGEST = 2048

export async function smaller(picture: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(picture).catch(() => Promise.reject(new Refused('not_a_picture')))
  const { width, height } = fitted(bitmap, LONGEST)
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
}
