import { constants } from 'node:fs'
import { access, link, lstat, stat, statfs, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { type Diagnosis, diagnose } from '../core/diagnosis.ts'
import { HIDDEN_FOLDER } from '../hidden/hidden-files.ts'
import type { MediaRoot } from './media-root.ts'

/** A media folder and what its storage expects of it. */
export interface MediaFolder {
  root: MediaRoot
  filePermissions: number | null
  maxFileSize: number | null
}

/** With less free space the folder counts as full, and with less than the second one it soon will be; in bytes. */
const MIN_FREE_BYTES = 16_000_000
const LITTLE_SPACE = 1_000_000_000

const WRITABLE_BY_ALL = 0o002

/** Checks the folder itself. What follows a failed one would only fail in the same way. */
export async function* diagnoseFolder(folder: MediaFolder): AsyncGenerator<Diagnosis> {
  yield await diagnose({
    check: 'folder',
    success: 'The folder exists, and this user may read and write in it.',
    remedy: `Create ${folder.root.path}, or mount its disk, and give it to the user that runs this command: chown.`,
    run: async () => {
      await folder.root.check()
      await access(join(folder.root.path, '.'), constants.R_OK | constants.W_OK | constants.X_OK)
    },
  })
  yield await diagnoseMode(folder.root.path).catch((error: unknown) => asFailure('folder mode', error))
  yield await diagnoseSpace(folder).catch((error: unknown) => asFailure('free space', error))
}

/** Checks a file that was just stored. */
export async function* diagnoseStoredFile(folder: MediaFolder, fileKey: string): AsyncGenerator<Diagnosis> {
  yield await diagnoseLinks(folder.root.path, fileKey)
  yield await diagnoseFileMode(folder, fileKey)
}

async function diagnoseMode(path: string): Promise<Diagnosis> {
  const check = 'folder mode'
  const { mode } = await stat(path)
  const message = `The folder has mode ${octal(mode)}.`
  if ((mode & WRITABLE_BY_ALL) === 0) return { check, status: 'ok', message }
  const remedy = `Every user of this machine may put files there: chmod o-w ${path}`
  return { check, status: 'warning', message, remedy }
}

async function diagnoseSpace({ root, maxFileSize }: MediaFolder): Promise<Diagnosis> {
  const check = 'free space'
  const { bavail, bsize, files, ffree } = await statfs(root.path)
  const free = bavail * bsize
  const message = `${readableBytes(free)} are free.`
  const remedy = 'Make room on this disk, or give the folder a larger one.'
  if (files > 0 && ffree === 0) {
    return { check, status: 'failed', message: 'The disk has no room for another file name (inodes).', remedy }
  }
  if (free < MIN_FREE_BYTES) return { check, status: 'failed', message, remedy }
  if (free < Math.max(LITTLE_SPACE, maxFileSize ?? 0)) return { check, status: 'warning', message, remedy }
  return { check, status: 'ok', message }
}

/** A file becomes visible by a link from the hidden folder: that needs one file system, and one that has hard links. */
async function diagnoseLinks(path: string, fileKey: string): Promise<Diagnosis> {
  const check = 'hard links'
  const probe = join(path, HIDDEN_FOLDER, 'staging', `doctor~${crypto.randomUUID()}`)
  try {
    await link(join(path, fileKey), probe)
    await unlink(probe)
    return { check, status: 'ok', message: 'Files become visible in one step.' }
  } catch (error) {
    const remedy = 'Uploads work, by renaming. Prefer a local file system, such as ext4, xfs or APFS.'
    return { check, status: 'warning', message: `Hard links do not work here: ${getCode(error)}.`, remedy }
  }
}

async function diagnoseFileMode({ root, filePermissions }: MediaFolder, fileKey: string): Promise<Diagnosis> {
  const check = 'file mode'
  const { mode } = await lstat(join(root.path, fileKey))
  const message = `Stored files get mode ${octal(mode)}.`
  if (filePermissions === null || (mode & 0o777) === filePermissions) return { check, status: 'ok', message }
  const remedy = `filePermissions asks for ${octal(filePermissions)}, and this file system does not keep it.`
  return { check, status: 'warning', message, remedy }
}

function asFailure(check: string, error: unknown): Diagnosis {
  return { check, status: 'failed', message: `It cannot be told: ${getCode(error)}.` }
}

function getCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0')
}

function readableBytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.floor(bytes / 1e6)} MB` : `${Math.floor(bytes / 1e9)} GB`
}
