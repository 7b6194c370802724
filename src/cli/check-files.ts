import { createHash } from 'node:crypto'
import { MediaStorageError } from '../storage/core/media-storage-error.ts'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import type { ListedFile } from '../storage/core/media-storage-types.ts'
import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'
import type { StoredFile } from '../storage/core/stored-file.ts'

/** What can be wrong with a file. */
export type ProblemKind = 'missing' | 'type' | 'empty' | 'unreadable' | 'unused' | 'duplicate'

/** A file with which something is wrong. */
export interface Problem {
  kind: ProblemKind
  key: string
  /** For a person. */
  message: string
}

/** Which files to look at. */
export interface FileCheck {
  storage: MediaStorage
  db: ReferenceDatabase
  signal: AbortSignal
  findsDuplicates: boolean
}

/** Looks at the files of a storage and at the rows that reference them. */
export async function* checkFiles(check: FileCheck): AsyncGenerator<Problem> {
  const { storage, db, signal } = check
  for await (const { key, table, primaryKey } of storage.findMissingFiles(db)) {
    yield {
      kind: 'missing',
      key,
      message: `the row ${primaryKey ?? 'without a primary key of one column'} of ${table} references it`,
    }
    if (signal.aborted) return
  }
  for await (const key of storage.getUnusedFileKeys(db, { allowEmpty: true })) {
    yield { kind: 'unused', key, message: 'nothing references it' }
    if (signal.aborted) return
  }
  /** The first file of each checksum: memory grows with the files, which is why duplicates must be asked for. */
  const firsts = new Map<string, string>()
  for await (const listed of storage.listFiles()) {
    if (signal.aborted) return
    yield* checkFile(check, listed, firsts)
  }
}

async function* checkFile(
  { storage, findsDuplicates }: FileCheck,
  { key, size }: ListedFile,
  firsts: Map<string, string>,
): AsyncGenerator<Problem> {
  if (size === 0) {
    yield { kind: 'empty', key, message: 'it has no bytes' }
    return
  }
  try {
    const file = await storage.getFile(key)
    // Deleted since it was listed.
    if (file === null) return
    const mismatch = await getMismatch(storage, file)
    if (mismatch !== null) yield { kind: 'type', key, message: mismatch }
    if (!findsDuplicates) return
    const digest = await getDigest(file)
    const first = firsts.get(digest)
    if (first === undefined) firsts.set(digest, key)
    else yield { kind: 'duplicate', key, message: `it has the bytes of ${first}` }
  } catch (error) {
    yield { kind: 'unreadable', key, message: error instanceof Error ? error.message : String(error) }
  }
}

/** Why the content is not what the extension says; `null` when it is. */
async function getMismatch(storage: MediaStorage, file: StoredFile): Promise<string | null> {
  try {
    await storage.content.checkType(file)
    return null
  } catch (error) {
    if (error instanceof MediaStorageError && error.code === 'FILE_CONTENT_MISMATCH') return error.message
    throw error
  }
}

async function getDigest(file: StoredFile): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of file.stream()) hash.update(chunk)
  return hash.digest('base64')
}
