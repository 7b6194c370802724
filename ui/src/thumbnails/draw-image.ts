/** Widest image that is sent, in pixels: the server keeps none that is wider. */
const WIDEST = 1280

/** Tallest, for its width: a page that is a strip would be an image without end. */
const TALLEST = 4 * WIDEST

/** Side, in pixels, of the small image by which it is told whether there is something to see. */
const SAMPLE_SIDE = 32

/** A pixel is dark below this, of 255; an image when more than this part of it is dark. */
const DARK_PIXEL = 32
const DARK_PART = 0.9

/** What can be drawn, with its size in pixels. */
export interface Drawable {
  source: CanvasImageSource
  width: number
  height: number
}

/** The size of the image that is sent of something. */
export function imageSize({ width, height }: Pick<Drawable, 'width' | 'height'>): { width: number; height: number } {
  const scale = Math.min(1, WIDEST / width, TALLEST / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** The image as a file; `null` when the browser cannot make one. */
export function encodeCanvas(canvas: HTMLCanvasElement): Promise<Blob | null> {
  // A browser that cannot write WebP writes PNG, which the server takes too.
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', 0.82))
}

/** Draws something as the image to be sent. */
export function drawImage(drawable: Drawable): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, imageSize(drawable))
  canvas.getContext('2d')?.drawImage(drawable.source, 0, 0, canvas.width, canvas.height)
  return canvas
}

/**
 * The part of it that is dark, from 0 to 1.
 *
 * @throws {DOMException} `SecurityError` for what another origin has not given leave to look into
 */
function measureDarkness({ source }: Drawable): number {
  const canvas = document.createElement('canvas')
  canvas.width = SAMPLE_SIDE
  canvas.height = SAMPLE_SIDE
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return 0
  context.drawImage(source, 0, 0, SAMPLE_SIDE, SAMPLE_SIDE)
  const { data } = context.getImageData(0, 0, SAMPLE_SIDE, SAMPLE_SIDE)
  let dark = 0
  for (let index = 0; index < data.length; index += 4) {
    const [red = 0, green = 0, blue = 0] = data.subarray(index, index + 3)
    if (0.299 * red + 0.587 * green + 0.114 * blue < DARK_PIXEL) dark += 1
  }
  return dark / (SAMPLE_SIDE * SAMPLE_SIDE)
}

/** Whether there is something to see in it. Throws as reading its pixels does. */
export function isReporting(drawable: Drawable): boolean {
  return measureDarkness(drawable) < DARK_PART
}
