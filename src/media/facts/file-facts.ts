import { extensionOf } from '../../storage/file-types.ts'
import type { StoredFile } from '../../storage/stored-file.ts'
import { FileBytes } from './file-bytes.ts'
import { flacFacts } from './flac-facts.ts'
import { imageFacts } from './image-facts.ts'
import { isoMediaFacts } from './iso-media-facts.ts'
import { mp3Facts } from './mp3-facts.ts'
import { wavFacts } from './wav-facts.ts'
import { webmFacts } from './webm-facts.ts'

/** What a file tells of itself; `null` for what it does not tell. */
export interface FileFacts {
  /** In pixels, as it is shown. */
  readonly width: number | null
  readonly height: number | null
  /** In seconds, to the thousandth. */
  readonly duration: number | null
}

/** Finds the facts in the headers of one kind of file. */
export type FactReader = (bytes: FileBytes) => Promise<Partial<FileFacts>>

const READERS: ReadonlyMap<string, FactReader> = new Map([
  ['flac', flacFacts],
  ['m4a', isoMediaFacts],
  ['m4v', isoMediaFacts],
  ['mov', isoMediaFacts],
  ['mp3', mp3Facts],
  ['mp4', isoMediaFacts],
  ['wav', wavFacts],
  ['weba', webmFacts],
  ['webm', webmFacts],
])

const NOTHING: FileFacts = { width: null, height: null, duration: null }

/** Size in pixels and duration, read from the headers of a file without decoding it. */
export async function readFileFacts(file: StoredFile): Promise<FileFacts> {
  const reader = READERS.get(extensionOf(file.key) ?? '') ?? (file.contentType.startsWith('image/') ? imageFacts : null)
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
