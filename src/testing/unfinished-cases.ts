import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { type MediaStorage, MediaStorageError } from '../storage.ts'
import { failingAfter, inChunks, pausedBody, sampleBytes } from './sample-bodies.ts'
import { rejectsWith, settlesWithin } from './storage-errors.ts'
import { assertContent, assertEmpty, getFile, listedKeys } from './stored-content.ts'
import type { Suite } from './suite.ts'

const KEY = 'poster-3beac950-7721-46c9-9e7d-5e908ef51011.jpg'
const BYTES = sampleBytes(3_000_000)
const FIRST = BYTES.subarray(0, 2_000_000)
const REST = BYTES.subarray(2_000_000)

export function unfinishedCases(suite: Suite): void {
  visibilityCases(suite)
  failingBodyCases(suite)
  abortCases(suite)
}

function visibilityCases({ testCase }: Suite): void {
  testCase('shows a file only when all its bytes are stored', async (storage) => {
    storage.generateFileKey = () => KEY
    const { body, paused, resume } = pausedBody(FIRST, REST)
    const storing = storage.storeFile('poster.jpg', body)
    await Promise.race([paused, storing])
    assert.equal(await storage.getFile(KEY), null, 'getFile gives an unfinished file')
    await assertEmpty(storage)
    resume()
    await storing
    assert.deepEqual(await listedKeys(storage), [KEY])
    await assertContent(storage, KEY, BYTES)
  })

  testCase('does not hurt a running upload when its key is deleted or the storage is swept', async (storage) => {
    storage.generateFileKey = () => KEY
    const { body, paused, resume } = pausedBody(FIRST, REST)
    const storing = storage.storeFile('poster.jpg', body)
    await Promise.race([paused, storing])
    await storage.deleteFile(KEY)
    await storage.sweep()
    resume()
    await storing
    await assertContent(storage, KEY, BYTES)
  })
}

function failingBodyCases({ testCase, harness }: Suite): void {
  const assertNothingLeft = async (storage: MediaStorage) => {
    assert.equal(await storage.getFile(KEY), null, 'getFile gives what was stored before the error')
    await assertEmpty(storage)
    assert.deepEqual((await harness.hiddenEntries?.(storage)) ?? [], [])
  }

  testCase('stores nothing when the body fails, and gives its error back as it is', async (storage) => {
    storage.generateFileKey = () => KEY
    const failure = new Error('the client went away')
    const storing = storage.storeFile('poster.jpg', failingAfter(BYTES, failure))
    await assert.rejects(storing, (error) => error === failure)
    await assertNothingLeft(storage)
  })

  testCase('stores nothing when the body fails before its first byte', async (storage) => {
    storage.generateFileKey = () => KEY
    const failure = new Error('the client never came')
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(failure) })
    await assert.rejects(storage.storeFile('poster.jpg', body), (error) => error === failure)
    await assertNothingLeft(storage)
  })

  testCase('stores nothing when a check of the body refuses it, and gives the refusal back', async (storage) => {
    storage.generateFileKey = () => KEY
    const refusal = new MediaStorageError('FILE_CONTENT_MISMATCH', 'poster.jpg is not a picture.')
    const storing = storage.storeFile('poster.jpg', failingAfter(BYTES, refusal))
    await assert.rejects(storing, (error) => error === refusal)
    await assertNothingLeft(storage)
  })

  testCase('refuses a body whose chunks are not bytes', async (storage) => {
    storage.generateFileKey = () => KEY
    // A Node stream with an encoding gives such chunks, and its type does not tell.
    const body: AsyncIterable<Uint8Array> = Readable.from(['some ', 'text'])
    await assert.rejects(storage.storeFile('notes.txt', body))
    await assertNothingLeft(storage)
  })

  testCase('stores the next file after one that failed', async (storage) => {
    await assert.rejects(storage.storeFile('poster.jpg', failingAfter(BYTES, new Error('gone'))), /gone/)
    const key = await storage.storeFile('poster.jpg', inChunks(BYTES, [1000]))
    assert.equal((await getFile(storage, key)).size, BYTES.byteLength)
  })
}

function abortCases({ testCase, harness }: Suite): void {
  testCase('stops at once when its signal fires while the body is silent, and stores nothing', async (storage) => {
    storage.generateFileKey = () => KEY
    const controller = new AbortController()
    const { body, paused } = pausedBody(FIRST, REST)
    const storing = storage.storeFile('poster.jpg', body, { signal: controller.signal })
    await Promise.race([paused, storing])
    controller.abort(new Error('the user pressed cancel'))
    const error = await settlesWithin(2000, rejectsWith(storing, 'UPLOAD_ABORTED'))
    assert.equal(error.cause, controller.signal.reason)
    assert.equal(await storage.getFile(KEY), null)
    await assertEmpty(storage)
    assert.deepEqual((await harness.hiddenEntries?.(storage)) ?? [], [])
  })

  testCase('stops at the next chunk when its signal fires between two, and lets go of the body', async (storage) => {
    const controller = new AbortController()
    let isReleased = false
    async function* body(): AsyncGenerator<Uint8Array> {
      try {
        yield FIRST
        controller.abort(new Error('the user pressed cancel'))
        for (let sent = 0; sent < 20; sent += 1) yield REST
      } finally {
        isReleased = true
      }
    }
    const storing = storage.storeFile('poster.jpg', body(), { signal: controller.signal })
    await settlesWithin(2000, rejectsWith(storing, 'UPLOAD_ABORTED'))
    await assertEmpty(storage)
    await setImmediate()
    assert.equal(isReleased, true)
  })

  testCase('stores nothing when its signal had fired before', async (storage) => {
    const storing = storage.storeFile('poster.jpg', BYTES, { signal: AbortSignal.abort() })
    await rejectsWith(storing, 'UPLOAD_ABORTED')
    await assertEmpty(storage)
  })

  testCase('does not mind a signal that fires after the end', async (storage) => {
    const controller = new AbortController()
    const key = await storage.storeFile('poster.jpg', BYTES, { signal: controller.signal })
    controller.abort()
    await assertContent(storage, key, BYTES)
  })
}
