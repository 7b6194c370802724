import type { ByteSource } from '../byte-source.ts'
import { getExtension } from '../../keys/file-types.ts'
import type { CheckedFile } from '../content-rules.ts'
import { heifChunks } from './heif.ts'
import { isoMediaChunks } from './iso-media.ts'
import { jpegChunks } from './jpeg.ts'
import { mp3Chunks } from './mp3.ts'
import { pdfChunks } from './pdf.ts'
import { pngChunks } from './png.ts'
import { webpChunks } from './webp.ts'
import { xmpPacketChunks } from './xmp-packets.ts'

/** Passes a file on without what its metadata tell too much. */
export type MetadataRewriter = (source: ByteSource, file: CheckedFile) => AsyncGenerator<Uint8Array>

/** By extension: photos and videos, which may tell where they were taken. */
const REWRITERS: ReadonlyMap<string, MetadataRewriter> = new Map([
  ['jpg', jpegChunks],
  ['jpeg', jpegChunks],
  ['png', pngChunks],
  ['apng', pngChunks],
  ['webp', webpChunks],
  ['avif', heifChunks],
  ['heic', heifChunks],
  ['heif', heifChunks],
  ['gif', xmpPacketChunks],
  ['tif', xmpPacketChunks],
  ['tiff', xmpPacketChunks],
  ['mp4', isoMediaChunks],
  ['m4v', isoMediaChunks],
  ['m4a', isoMediaChunks],
  ['mov', isoMediaChunks],
])

/** Also those that tell of people and programs, and pass unread unless they are stripped. */
const STRIPPERS: ReadonlyMap<string, MetadataRewriter> = new Map([...REWRITERS, ['pdf', pdfChunks], ['mp3', mp3Chunks]])

/** What takes the metadata out of a file by its extension, as its column's rules want it; `null` when they stay. */
export function metadataRewriter({ fileKey, rules }: CheckedFile): MetadataRewriter | null {
  if (rules.metadata === 'keep') return null
  const rewriters = rules.metadata === 'strip' ? STRIPPERS : REWRITERS
  return rewriters.get(getExtension(fileKey) ?? '') ?? null
}

/** Whether a file is a video, or a sound in the same container, by its extension. */
export function isIsoMedia(fileKey: string): boolean {
  return REWRITERS.get(getExtension(fileKey) ?? '') === isoMediaChunks
}
