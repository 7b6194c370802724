import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { MediaStorage, StoredFile } from '../storage.ts'

/** The file, which must exist. */
export async function getFile(storage: MediaStorage, key: string): Promise<StoredFile> {
  const file = await storage.getFile(key)
  assert.ok(file, `getFile gives null for ${key}, which was stored`)
  return file
}

/** Fails unless exactly these bytes are stored under the key. Hashes are compared: a diff of megabytes tells nothing. */
export async function assertContent(storage: MediaStorage, key: string, expected: Uint8Array): Promise<void> {
  const file = await getFile(storage, key)
  assert.equal(file.size, expected.byteLength, 'size is not the number of bytes that were stored')
  assert.equal(await hashStream(file.stream()), hashOf(expected), 'the bytes are not those that were stored')
}

/** SHA-256 of the bytes, in hexadecimal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The same of a stream, which is read to its end without being gathered. */
export async function hashStream(stream: ReadableStream<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of stream) hash.update(chunk)
  return hash.digest('hex')
}

/** Every key that `getFileKeys` yields, sorted. */
export async function listedKeys(storage: MediaStorage): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getFileKeys()) keys.push(key)
  return keys.toSorted()
}

/** Fails unless the storage looks as if nothing had ever been stored in it. */
export async function assertEmpty(storage: MediaStorage): Promise<void> {
  assert.deepEqual(await listedKeys(storage), [], 'getFileKeys yields a file')
  for await (const file of storage.listFiles()) assert.fail(`listFiles yields ${file.key}`)
}
