import type { FileInformation } from '../../../src/contract/media.ts'
import type { ViewerFile } from '../viewer/viewer-file.ts'

/** What every viewer is given. */
export interface ViewerProperties {
  file: ViewerFile
  /** Where the bytes are. It changes when the address before has expired; a viewer then goes on from where it was. */
  url: string
  /** `null` until the server has answered. */
  information: FileInformation | null
  /** Told when the bytes cannot be fetched or shown. The overlay finds out why and takes over. */
  onFailure: (cause?: unknown) => void
  /** Told what the viewer has learned from the content; the side panel shows it. Must not be called while rendering. */
  onDetails: (details: readonly FileDetail[]) => void
}

/** A fact about the content: `Pages`, `12`. */
export interface FileDetail {
  label: string
  value: string
}
