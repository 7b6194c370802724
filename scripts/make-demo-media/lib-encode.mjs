/** Writes pictures as JPEG, at the best quality that stays under a size. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import sharp from 'sharp'

export async function writeJpeg(file, picture, { width, height, maxBytes, quality = 78 }) {
  const base = sharp(picture).resize(width, height, { kernel: 'lanczos3' }).removeAlpha()
  let best
  for (let step = quality; step >= 30; step -= 5) {
    best = await base
      .clone()
      .jpeg({ quality: step, mozjpeg: true, chromaSubsampling: step > 70 ? '4:4:4' : '4:2:0' })
      .toBuffer()
    if (best.length <= maxBytes) break
  }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, best)
  return best.length
}

export const bytesOfDataUrl = (url) => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
