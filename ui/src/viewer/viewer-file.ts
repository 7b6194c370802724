/** A stored file, named the way the addresses of the API name it. */
export interface ViewerFile {
  table: string
  column: string
  fileKey: string
}

export interface ViewerRequest {
  /** What the arrow keys walk through. */
  files: ViewerFile[]
  /** Which of them is shown first. */
  index: number
}
