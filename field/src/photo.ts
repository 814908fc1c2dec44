/** A photo small enough for a bad network. Never asked for, only allowed. */

export const MAX_BYTES = 1_000_000
const SIDES = [1600, 1280, 960, 640]

export async function shrink(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file)
  for (const side of SIDES) {
    const jpeg = await draw(picture, side)
    if (jpeg && jpeg.size <= MAX_BYTES) return jpeg
  }
  throw new Error('too large at every size')
}

/** Drawing again also leaves behind what the camera wrote into the file: place, time, device. */
async function draw(picture: ImageBitmap, side: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.8))
}
