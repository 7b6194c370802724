/** Width and height of a picture, in pixels. */
export interface Pixels {
  readonly width: number
  readonly height: number
}
