import { type FileHandle, lstat, mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredFile } from '../../storage/core/stored-file.ts'

/** Most bytes of images and sound that are copied, and of all else. */
const MAX_MEDIA = 24_000_000
const MAX_TABLES_BYTES = 32_000_000

/** Most boxes of an ISO video that are looked for one by one. */
const MAX_BOXES = 64

/** The boxes that an ISO video may begin with (ISO/IEC 14496-12; QuickTime File Format). */
const FIRST_BOXES: ReadonlySet<string> = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'])

/** The beginning of Matroska and WebM (RFC 8794, section 8.1: the EBML header). */
const EBML = '\x1a\x45\xdf\xa3'

/** What the names of the folders begin with that excerpts are in. */
const FOLDER = 'vitrine-film-'

/** A folder that is so old, in milliseconds, is that of a process which was killed: no excerpt is needed for a minute. */
const ABANDONED_AFTER = 3_600_000

/** How ffmpeg reads a video. */
export type VideoFormat = 'mov' | 'matroska'

/** The beginning of a video, in a file of its own for as long as it is needed. */
export interface VideoExcerpt {
  path: string
  format: VideoFormat
}

/**
 * Which of the two kinds of video the bytes are; `null` for all else.
 *
 * Attack: a playlist or a script called .mp4, in which ffmpeg finds files and addresses to read. It gets what begins as a
 * video only, and is told to read it as that.
 */
export async function getVideoFormat(file: StoredFile): Promise<VideoFormat | null> {
  const head = Buffer.from(await readBytes(file, 0, 12)).toString('latin1')
  if (head.startsWith(EBML)) return 'matroska'
  return FIRST_BOXES.has(head.slice(4, 8)) ? 'mov' : null
}

/**
 * Copies as much of a video as its first seconds need, to where they are in the whole. What lies between is a hole that
 * takes no space on the disk, so that a video of gigabytes in a bucket costs some megabytes.
 */
export async function withExcerpt<TResult>(
  file: StoredFile,
  format: VideoFormat,
  use: (excerpt: VideoExcerpt) => Promise<TResult>,
): Promise<TResult> {
  const folder = await mkdtemp(join(tmpdir(), FOLDER))
  try {
    const path = join(folder, 'video')
    const handle = await open(path, 'wx', 0o600)
    try {
      await handle.truncate(file.size)
      for await (const part of getParts(file, format)) await copyPart(file, handle, part)
    } finally {
      await handle.close()
    }
    return await use({ path, format })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes what killed processes left in the system's temporary folder, but not what belongs to somebody else. */
export async function removeAbandonedExcerpts(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(FOLDER))
  for (const path of names.map((name) => join(tmpdir(), name))) {
    if (await isAbandoned(path)) await rm(path, { recursive: true, force: true })
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const { uid, mtimeMs } = await lstat(path)
    return uid === process.getuid?.() && mtimeMs < Date.now() - ABANDONED_AFTER
  } catch (error) {
    // Whoever made it, or another server, has removed it just now.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

interface Part {
  start: number
  length: number
}

/** The tables of an ISO video may stand at its end; a Matroska video is told from its beginning on. */
async function* getParts(file: StoredFile, format: VideoFormat): AsyncGenerator<Part> {
  const left = { media: MAX_MEDIA, tables: MAX_TABLES_BYTES }
  if (format === 'matroska') {
    yield { start: 0, length: Math.min(file.size, left.media) }
    return
  }
  let start = 0
  for (let box = 0; box < MAX_BOXES && start < file.size; box += 1) {
    const { type, size } = await readBox(file, start)
    const kind = type === 'mdat' ? 'media' : 'tables'
    const length = Math.min(size, file.size - start, left[kind])
    left[kind] -= length
    if (length > 0) yield { start, length }
    start += size
  }
}

/** The type and size of a box; a size that makes no sense is that of the rest of the file. */
async function readBox(file: StoredFile, start: number): Promise<{ type: string; size: number }> {
  const head = Buffer.from(await readBytes(file, start, 16))
  if (head.byteLength < 8) return { type: '', size: file.size - start }
  const short = head.readUInt32BE(0)
  const size = short === 1 && head.byteLength === 16 ? Number(head.readBigUInt64BE(8)) : short
  return { type: head.toString('latin1', 4, 8), size: size < 8 ? file.size - start : size }
}

async function copyPart(file: StoredFile, handle: FileHandle, { start, length }: Part): Promise<void> {
  let position = start
  for await (const chunk of file.stream({ start, end: start + length - 1 })) {
    await handle.write(chunk, 0, chunk.byteLength, position)
    position += chunk.byteLength
  }
}

/** Some bytes of a file; fewer at its end. */
async function readBytes(file: StoredFile, start: number, length: number): Promise<ArrayBuffer> {
  const end = Math.min(start + length, file.size) - 1
  return end < start ? new ArrayBuffer(0) : new Response(file.stream({ start, end })).arrayBuffer()
}
