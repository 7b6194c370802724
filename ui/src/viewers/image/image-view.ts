import type { Size } from '../use-element-size.ts'

/** How an image lies on the stage. Offsets are from the stage's centre to the image's, in the window's pixels. */
export interface ImageView {
  /** Window pixels for one image pixel. `null` follows the stage: as large as fits, and enlarged only where there would be next to nothing to see. */
  scale: number | null
  x: number
  y: number
  /** Clockwise, in degrees: 0, 90, 180 or 270. */
  rotation: number
}

export interface Point {
  x: number
  y: number
}

/** The two sizes that every question about a view needs. */
export interface Stage {
  stage: Size
  image: Size
}

export const FITTED: ImageView = { scale: null, x: 0, y: 0, rotation: 0 }
export const ZOOM_STEP = 1.25
const MAX_SCALE = 16
/** An image whose longer side has fewer pixels is shown in whole multiples of its size. */
const MIN_SHOWN_PX = 96

/** The image's size as it lies, before zooming: a quarter turn swaps its sides. */
export function turnedSize(image: Size, rotation: number): Size {
  return rotation % 180 === 0 ? image : { width: image.height, height: image.width }
}

export function fitScale({ stage, image }: Stage, rotation: number): number {
  const turned = turnedSize(image, rotation)
  if (turned.width === 0 || turned.height === 0) return 1
  const largest = Math.max(1, Math.floor(MIN_SHOWN_PX / Math.max(turned.width, turned.height)))
  return Math.min(stage.width / turned.width, stage.height / turned.height, largest)
}

export function getScale(view: ImageView, sizes: Stage): number {
  return view.scale ?? fitScale(sizes, view.rotation)
}

/** Zooms so that the image's pixel under `point` stays there. `point` is measured from the stage's centre. */
export function zoomTo(view: ImageView, scale: number, { at, sizes }: { at: Point; sizes: Stage }): ImageView {
  const fit = fitScale(sizes, view.rotation)
  const before = getScale(view, sizes)
  const smallest = Math.min(fit, 1)
  const after = Math.min(Math.max(scale, smallest), Math.max(MAX_SCALE, fit * MAX_SCALE))
  if (Math.abs(after / fit - 1) <= 0.001) return { ...FITTED, rotation: view.rotation }
  const growth = after / before
  const moved = { ...view, scale: after, x: at.x - (at.x - view.x) * growth, y: at.y - (at.y - view.y) * growth }
  return keepOnStage(moved, sizes)
}

export function panBy(view: ImageView, distance: Point, sizes: Stage): ImageView {
  return keepOnStage({ ...view, x: view.x + distance.x, y: view.y + distance.y }, sizes)
}

export function rotate(view: ImageView, degrees: number): ImageView {
  return { ...FITTED, rotation: (view.rotation + degrees + 360) % 360 }
}

/** Whether the image is larger than the stage, so that there is something to pan to. */
export function canPan(view: ImageView, sizes: Stage): boolean {
  const reach = panReach(view, sizes)
  return reach.x > 0 || reach.y > 0
}

/** An edge of the image never leaves its edge of the stage; a side that fits stays in the middle. */
function keepOnStage(view: ImageView, sizes: Stage): ImageView {
  const reach = panReach(view, sizes)
  return { ...view, x: clamp(view.x, reach.x), y: clamp(view.y, reach.y) }
}

function panReach(view: ImageView, sizes: Stage): Point {
  const scale = getScale(view, sizes)
  const turned = turnedSize(sizes.image, view.rotation)
  return {
    x: Math.max(0, (turned.width * scale - sizes.stage.width) / 2),
    y: Math.max(0, (turned.height * scale - sizes.stage.height) / 2),
  }
}

function clamp(value: number, reach: number): number {
  return Math.min(Math.max(value, -reach), reach)
}
