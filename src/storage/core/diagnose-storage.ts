import { type Diagnosis, diagnose } from './diagnosis.ts'
import type { FileBody } from './file-body.ts'
import type { FallbackContext } from './media-storage-types.ts'
import type { StoredFile } from './stored-file.ts'

/** What is used of a storage to diagnose it. */
export interface DiagnosedStorage {
  readonly allowedExtensions: readonly string[] | null
  readonly maxFileSize: number | null
  importFile(key: string, body: FileBody): Promise<void>
  getFile(key: string, context: FallbackContext): Promise<StoredFile | null>
  deleteFile(key: string, context: FallbackContext): Promise<void>
}

/** What only the storage itself can do. */
export interface DiagnosisHooks {
  /** Asks for the first entry of the listing. */
  list(): Promise<void>
  /** Further checks of a file that is stored. */
  diagnoseFile(fileKey: string): AsyncIterable<Diagnosis>
}

/** Only in the storage itself: what the fallback can do says nothing of it. */
const HERE = { fallback: false }

/** Checks by use: stores a small file, reads it, and deletes it again, also when whoever asked goes away. */
export async function* diagnoseStorage(storage: DiagnosedStorage, hooks: DiagnosisHooks): AsyncGenerator<Diagnosis> {
  yield await diagnose({
    check: 'list',
    success: 'Files can be listed.',
    remedy: 'Allow the application to list the files.',
    run: () => hooks.list(),
  })
  const probe = makeProbe(storage)
  let isStored = false
  try {
    const storing = await diagnose({
      check: 'store',
      success: 'A file can be stored.',
      remedy: 'Allow the application to create files.',
      run: () => storage.importFile(probe.fileKey, probe.content),
    })
    isStored = storing.status === 'ok'
    yield storing
    if (!isStored) return
    yield* diagnoseReading(storage, probe)
    yield* hooks.diagnoseFile(probe.fileKey)
    yield await diagnoseDeletion(storage, probe)
    isStored = false
  } finally {
    if (isStored) await storage.deleteFile(probe.fileKey, HERE).catch(() => {})
  }
}

interface Probe {
  fileKey: string
  content: Uint8Array
}

/** Its key is like that of every stored file, so that a clean-up finds it if this process is killed. */
function makeProbe({ allowedExtensions, maxFileSize }: DiagnosedStorage): Probe {
  const content = new TextEncoder().encode(`Vitrine checks this storage: ${crypto.randomUUID()}`)
  return {
    fileKey: `vitrine-doctor-${crypto.randomUUID()}.${allowedExtensions?.[0] ?? 'txt'}`,
    content: content.subarray(0, maxFileSize ?? content.byteLength),
  }
}

async function* diagnoseReading(storage: DiagnosedStorage, { fileKey, content }: Probe): AsyncGenerator<Diagnosis> {
  const remedy = 'Allow the application to read the files, and look for a cache or proxy that changes them.'
  yield await diagnose({
    check: 'read',
    success: 'A stored file comes back unchanged.',
    remedy,
    run: async () => {
      const file = await storage.getFile(fileKey, HERE)
      ensure(file !== null, 'A file that was just stored cannot be found.')
      const bytes = new Uint8Array(await file.arrayBuffer())
      ensure(sameBytes(bytes, content), 'A stored file comes back with other bytes.')
    },
  })
  yield await diagnose({
    check: 'range',
    success: 'Parts of a file can be read.',
    remedy,
    run: async () => {
      const file = await storage.getFile(fileKey, HERE)
      const end = content.byteLength - 1
      const part = await new Response(file?.stream({ start: end, end })).arrayBuffer()
      ensure(sameBytes(new Uint8Array(part), content.subarray(end)), 'A part of a file comes back with other bytes.')
    },
  })
  yield await diagnose({
    check: 'absent file',
    success: 'A file that does not exist is told from a failure.',
    remedy: 'Allow the application to list: without that right a bucket answers "denied" for a file that is not there.',
    run: async () => {
      const file = await storage.getFile(makeProbe(storage).fileKey, HERE)
      ensure(file === null, 'A file that was never stored is found.')
    },
  })
}

function diagnoseDeletion(storage: DiagnosedStorage, { fileKey }: Probe): Promise<Diagnosis> {
  return diagnose({
    check: 'delete',
    success: 'A file can be deleted.',
    remedy: `Allow the application to delete files, and delete ${fileKey}, which was stored for this check.`,
    run: async () => {
      await storage.deleteFile(fileKey, HERE)
      ensure((await storage.getFile(fileKey, HERE)) === null, 'A deleted file can still be read.')
    },
  })
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && one.every((byte, index) => byte === other[index])
}

function ensure(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message)
}
