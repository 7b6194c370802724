/** Width and height of an image, in pixels. */
export interface Pixels {
  readonly width: number
  readonly height: number
}
