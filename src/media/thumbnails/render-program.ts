// A process of its own that makes thumbnails, one after another: see docs/decisions/sharp.md. It is told a job by a
// message and the picture on its standard input, and answers by a message.
import sharp, { type OutputInfo } from 'sharp'
import type { FilePreview } from '../../contract/media.ts'
import type { RenderJob, RenderRefusal, RenderResult } from './render-job.ts'

/** Most memory that the process may hold, in bytes, and how often it looks, in milliseconds. */
const MOST_MEMORY = 1024 ** 3
const MEMORY_INTERVAL = 50

/** Longest time for one picture, in seconds. Whoever started the process ends it a little later. */
const LONGEST_RENDERING = 15

/** Decoders of what a camera, a scanner or a drawing program writes. */
const DECODERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif']

/** Longest placeholder, in characters, and how wide or high it is, in pixels: the first that is short enough. */
const LONGEST_PLACEHOLDER = 400
const PLACEHOLDER_SIDES = [24, 16, 8]

// Attack: a file called .png that holds SVG, PDF, Magick's scripts or another language in which a picture can name files
// and addresses to load. The library goes by the content, so all that it can read is closed but what is on the list.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: DECODERS.map((name) => `VipsForeignLoad${name}`) })
// No picture comes twice: what is cached is the thumbnail.
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
  if (process.memoryUsage.rss() > MOST_MEMORY) process.exit(1)
}, MEMORY_INTERVAL)

async function render(job: RenderJob): Promise<RenderResult> {
  const picture = await readInput(job.size)
  const { width, format, mostPixels, wantsPreview } = job
  try {
    const source = sharp(picture, { limitInputPixels: mostPixels, sequentialRead: true, failOn: 'error' })
    const { autoOrient: whole } = await source.metadata()
    // Decoded once, for the thumbnail and the preview.
    const { data, info } = await source
      .timeout({ seconds: LONGEST_RENDERING })
      .autoOrient()
      // A strip of paper is not made wide at the cost of being endlessly tall.
      .resize({ width, height: width * 4, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const small = { pixels: data, info }
    const [bytes, preview] = await Promise.all([
      rawPicture(small)
        .toFormat(format, format === 'avif' ? { quality: 50, effort: 2 } : { quality: 76, effort: 2 })
        .toBuffer(),
      wantsPreview ? previewOf(small, whole) : null,
    ])
    return { bytes, preview }
  } catch (error) {
    return { refusal: refusalOf(error) }
  }
}

/** A picture that is decoded and small. */
interface SmallPicture {
  pixels: Buffer
  info: OutputInfo
}

function rawPicture({ pixels, info: { width, height, channels } }: SmallPicture) {
  return sharp(pixels, { raw: { width, height, channels } })
}

async function previewOf(
  small: SmallPicture,
  { width, height }: Pick<FilePreview, 'width' | 'height'>,
): Promise<FilePreview> {
  let placeholder = ''
  for (const side of PLACEHOLDER_SIDES) {
    const bytes = await rawPicture(small)
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .blur(0.7)
      .webp({ quality: 30, alphaQuality: 40, effort: 2 })
      .toBuffer()
    placeholder = `data:image/webp;base64,${bytes.toString('base64')}`
    if (placeholder.length <= LONGEST_PLACEHOLDER) break
  }
  return { width, height, placeholder }
}

/** The next bytes of the standard input. */
async function readInput(size: number): Promise<Buffer> {
  const picture = Buffer.allocUnsafeSlow(size)
  let filled = 0
  while (filled < size) {
    if (rest.byteLength === 0) {
      const { done, value } = await input.next()
      if (done === true) throw new Error('The standard input ended in the middle of a picture.')
      rest = value
    }
    const part = rest.subarray(0, size - filled)
    picture.set(part, filled)
    filled += part.byteLength
    rest = rest.subarray(part.byteLength)
  }
  return picture
}

/** The library has no codes for what goes wrong, only sentences. */
function refusalOf(error: unknown): RenderRefusal {
  return error instanceof Error && error.message.includes('pixel limit') ? 'too-many-pixels' : 'unreadable'
}
