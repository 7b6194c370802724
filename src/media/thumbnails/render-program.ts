// A process of its own that makes thumbnails, one after another: see docs/decisions/sharp.md. It is told a job by a
// message and the image on its standard input, and answers by a message.
import sharp, { type OutputInfo } from 'sharp'
import type { FilePreview } from '../../contract/media.ts'
import type { RenderJob, RenderRefusal, RenderResult } from './render-job.ts'
import { sanitiseDrawing } from './sanitised-drawing.ts'

/** Most memory that the process may hold, in bytes, and how often it looks, in milliseconds. */
const MAX_MEMORY_BYTES = 1024 ** 3
const MEMORY_INTERVAL = 50

/** Longest time for one image, in seconds. Whoever started the process ends it a little later. */
const MAX_RENDERING_SECONDS = 15

/** Decoders of what a camera, a scanner or a drawing program writes. */
const DECODERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif']

/** Opened for a file that is called an SVG, after it was sanitised, and closed again. */
const VECTOR_DECODER = 'VipsForeignLoadSvg'

/** Longest placeholder, in characters, and how wide or high it is, in pixels: the first that is short enough. */
const MAX_PLACEHOLDER_LENGTH = 400
const PLACEHOLDER_SIDES = [24, 16, 8]

// Attack: a file called .png that holds SVG, PDF, Magick's scripts or another language in which an image can name files
// and addresses to load. The library goes by the content, so all that it can read is closed but what is on the list.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: DECODERS.map((name) => `VipsForeignLoad${name}`) })
// No image comes twice: what is cached is the thumbnail.
sharp.cache(false)

const input = process.stdin[Symbol.asyncIterator]()
let rest: Uint8Array = new Uint8Array(0)

process.on('message', (job: RenderJob) => {
  void render(job).then((result) => process.send?.(result))
})
process.on('disconnect', () => process.exit())
// Whoever started it may have ended while it was being loaded.
if (!process.connected) process.exit()
setInterval(() => {
  // Whoever waits is told that the process ended.
  if (process.memoryUsage.rss() > MAX_MEMORY_BYTES) process.exit(1)
}, MEMORY_INTERVAL)

async function render(job: RenderJob): Promise<RenderResult> {
  const bytes = await readInput(job.size)
  if (!job.isVector) return renderImage(job, bytes)
  const drawing = await sanitiseDrawing(bytes)
  if ('refusal' in drawing) return drawing
  sharp.unblock({ operation: [VECTOR_DECODER] })
  try {
    return await renderImage(job, drawing.bytes)
  } finally {
    // What comes next may be called an image, and be a drawing.
    sharp.block({ operation: [VECTOR_DECODER] })
  }
}

async function renderImage(job: RenderJob, photo: Uint8Array): Promise<RenderResult> {
  const { width, format, maxPixels, wantsPreview, isVector } = job
  try {
    const source = sharp(photo, { limitInputPixels: maxPixels, sequentialRead: true, failOn: 'error' })
    const { autoOrient: whole } = await source.metadata()
    // Decoded once, for the thumbnail and the preview.
    const { data, info } = await source
      .timeout({ seconds: MAX_RENDERING_SECONDS })
      .autoOrient()
      // A strip of paper is not made wide at the cost of being endlessly tall.
      .resize({ width, height: width * 4, fit: 'inside', withoutEnlargement: !isVector })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const small = { pixels: data, info }
    const [bytes, preview] = await Promise.all([
      rawImage(small)
        .toFormat(format, format === 'avif' ? { quality: 50, effort: 2 } : { quality: 76, effort: 2 })
        .toBuffer(),
      wantsPreview ? getPreview(small, whole) : null,
    ])
    return { bytes, preview }
  } catch (error) {
    return { refusal: getRefusal(error) }
  }
}

/** An image that is decoded and small. */
interface SmallImage {
  pixels: Buffer
  info: OutputInfo
}

function rawImage({ pixels, info: { width, height, channels } }: SmallImage) {
  return sharp(pixels, { raw: { width, height, channels } })
}

async function getPreview(
  small: SmallImage,
  { width, height }: Pick<FilePreview, 'width' | 'height'>,
): Promise<FilePreview> {
  let placeholder = ''
  for (const side of PLACEHOLDER_SIDES) {
    const bytes = await rawImage(small)
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .blur(0.7)
      .webp({ quality: 30, alphaQuality: 40, effort: 2 })
      .toBuffer()
    placeholder = `data:image/webp;base64,${bytes.toString('base64')}`
    if (placeholder.length <= MAX_PLACEHOLDER_LENGTH) break
  }
  return { width, height, placeholder }
}

/** The next bytes of the standard input. */
async function readInput(size: number): Promise<Buffer> {
  const photo = Buffer.allocUnsafeSlow(size)
  let filled = 0
  while (filled < size) {
    if (rest.byteLength === 0) {
      const { done, value } = await input.next()
      if (done === true) throw new Error('The standard input ended in the middle of a picture.')
      rest = value
    }
    const part = rest.subarray(0, size - filled)
    photo.set(part, filled)
    filled += part.byteLength
    rest = rest.subarray(part.byteLength)
  }
  return photo
}

/** The library has no codes for what goes wrong, only sentences. */
function getRefusal(error: unknown): RenderRefusal {
  return error instanceof Error && error.message.includes('pixel limit') ? 'too-many-pixels' : 'unreadable'
}
