import { MediaStorageError } from '../core/media-storage-error.ts'

/** Longest stem that a key keeps, in characters, once the whole name is longer than this. */
const MAX_STEM_LENGTH = 50

/** Longest key, in bytes of UTF-8: what a file name may have on Linux, macOS and Windows alike (NAME_MAX). */
const MAX_KEY_LENGTH = 255

/** Characters of a key's random part, which is a UUID. */
export const RANDOM_PART_LENGTH = 36

const UUID = /-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=\.[^.]+$)/

/**
 * A single path component without control characters, that neither hides (`.x`) nor climbs (`..`). Half of a surrogate
 * pair has no UTF-8: it would become another key on the way to a disk.
 */
const FILE_KEY = /^(?!\.)(?!.*\.\.)[^\u0000-\u001f\u007f/\\\p{Surrogate}]+$/su

/**
 * Attack: a key such as `../../etc/passwd`, `/etc/passwd` or `.vitrine/staging/x` names a file outside the storage's own
 * files. Every key that comes from outside passes here before it reaches a file system or a bucket.
 *
 * @throws {MediaStorageError} `INVALID_FILE_KEY`
 */
export function validateFileKey(fileKey: string): void {
  if (!isFileKey(fileKey)) throw invalidFileKey()
}

/** The error for what is no file key. */
export function invalidFileKey(): MediaStorageError {
  return new MediaStorageError(
    'INVALID_FILE_KEY',
    'This is not a file key: a file key is a single file name of at most 255 bytes, without slashes.',
  )
}

/** Whether a storage's own files may have this key; what else lies in the place is not ours and is left alone. */
export function isFileKey(fileKey: string): boolean {
  return typeof fileKey === 'string' && FILE_KEY.test(fileKey) && isShort(fileKey)
}

/** Whether the key was made by {@link makeFileKey}: only such files are ever taken for unused. */
export function isGeneratedFileKey(fileKey: string): boolean {
  return isFileKey(fileKey) && hasRandomPart(fileKey)
}

/** The same for what is known to be a file key. */
export function hasRandomPart(fileKey: string): boolean {
  return UUID.test(fileKey)
}

/**
 * `poster.jpg` becomes `poster-3beac950-7721-46c9-9e7d-5e908ef51011.jpg`: 122 random bits, so no name is guessed.
 *
 * @throws {MediaStorageError} `STORAGE_FAILURE` when not even a stem of one character fits into `maxKeyLength`
 */
export function makeFileKey(fileName: string, maxKeyLength: number = MAX_KEY_LENGTH): string {
  const dot = fileName.lastIndexOf('.')
  const ending = `-${crypto.randomUUID()}${fileName.slice(dot).toLowerCase()}`
  const characters = Array.from(fileName.slice(0, dot))
  const isLong = Array.from(fileName).length > MAX_STEM_LENGTH
  let stem = isLong ? characters.slice(0, MAX_STEM_LENGTH) : characters
  while (stem.length > 0 && byteLength(stem.join('')) + ending.length > Math.min(maxKeyLength, MAX_KEY_LENGTH)) {
    stem = stem.slice(0, -1)
  }
  if (stem.length > 0) return `${stem.join('')}${ending}`
  throw new MediaStorageError(
    'STORAGE_FAILURE',
    `The column is too short for a file key: it holds ${maxKeyLength} characters, and at least ${ending.length + 1} are needed.`,
  )
}

/** The name a file was uploaded with, as far as its key keeps it: the key without its random part. */
export function originalFileName(fileKey: string): string {
  return fileKey.replace(UUID, '')
}

/** The random part of a key, by which a file is known wherever its key is mentioned; other text comes back as it is. */
export function getRandomPart(text: string): string {
  const start = randomPartStart(text)
  return start === 0 ? text : text.slice(start, start + RANDOM_PART_LENGTH)
}

/** Where the random part of a key begins; 0 when there is none, because something comes before it. */
export function randomPartStart(text: string): number {
  return Math.max(0, text.lastIndexOf('.') - RANDOM_PART_LENGTH)
}

/** A character takes three bytes at most: few keys have to be encoded to know that they are short enough. */
function isShort(fileKey: string): boolean {
  return fileKey.length * 3 <= MAX_KEY_LENGTH || byteLength(fileKey) <= MAX_KEY_LENGTH
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
