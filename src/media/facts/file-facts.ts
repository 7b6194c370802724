import { getExtension } from '../../storage/keys/file-types.ts'
import type { StoredFile } from '../../storage/core/stored-file.ts'
import { FileBytes } from './file-bytes.ts'
import { readFlacMetadata } from './flac-facts.ts'
import { readImageMetadata } from './image-facts.ts'
import { readIsoMediaMetadata } from './iso-media-facts.ts'
import { readMp3Metadata } from './mp3-facts.ts'
import { readWavMetadata } from './wav-facts.ts'
import { readWebmMetadata } from './webm-facts.ts'

/** What a file tells of itself; `null` for what it does not tell. */
export interface FileMetadata {
  /** In pixels, as it is shown. */
  readonly width: number | null
  readonly height: number | null
  /** In seconds, to the thousandth. */
  readonly duration: number | null
}

/** Finds the facts in the headers of one kind of file. */
export type MetadataReader = (bytes: FileBytes) => Promise<Partial<FileMetadata>>

const READERS: ReadonlyMap<string, MetadataReader> = new Map([
  ['flac', readFlacMetadata],
  ['m4a', readIsoMediaMetadata],
  ['m4v', readIsoMediaMetadata],
  ['mov', readIsoMediaMetadata],
  ['mp3', readMp3Metadata],
  ['mp4', readIsoMediaMetadata],
  ['wav', readWavMetadata],
  ['weba', readWebmMetadata],
  ['webm', readWebmMetadata],
])

const NOTHING: FileMetadata = { width: null, height: null, duration: null }

/** Size in pixels and duration, read from the headers of a file without decoding it. */
export async function readFileMetadata(file: StoredFile): Promise<FileMetadata> {
  const reader =
    READERS.get(getExtension(file.key) ?? '') ?? (file.contentType.startsWith('image/') ? readImageMetadata : null)
  if (reader === null || file.size === 0) return NOTHING
  try {
    const { width = null, height = null, duration = null } = await reader(new FileBytes(file))
    return { width, height, duration: duration === null ? null : Math.round(duration * 1000) / 1000 }
  } catch (error) {
    // A number in a damaged header leads out of what was read: there is nothing to tell.
    if (error instanceof RangeError) return NOTHING
    throw error
  }
}
