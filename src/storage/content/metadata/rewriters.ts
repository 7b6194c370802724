import type { ByteSource } from '../byte-source.ts'
import { extensionOf } from '../../file-types.ts'
import type { CheckedFile } from '../content-rules.ts'
import { isoMediaChunks } from './iso-media.ts'
import { jpegChunks } from './jpeg.ts'
import { pngChunks } from './png.ts'
import { webpChunks } from './webp.ts'

/** Passes a file on without what its metadata tell too much. */
export type MetadataRewriter = (source: ByteSource, file: CheckedFile) => AsyncGenerator<Uint8Array>

/** By extension: the types whose metadata can be taken out while they pass. */
export const METADATA_REWRITERS: ReadonlyMap<string, MetadataRewriter> = new Map([
  ['jpg', jpegChunks],
  ['jpeg', jpegChunks],
  ['png', pngChunks],
  ['apng', pngChunks],
  ['webp', webpChunks],
  ['mp4', isoMediaChunks],
  ['m4v', isoMediaChunks],
  ['m4a', isoMediaChunks],
  ['mov', isoMediaChunks],
])

/** Whether a file is a film, or a sound in the same container, by its extension. */
export function isIsoMedia(fileKey: string): boolean {
  return METADATA_REWRITERS.get(extensionOf(fileKey) ?? '') === isoMediaChunks
}
