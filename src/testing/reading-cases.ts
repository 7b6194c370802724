import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { MediaStorageError } from '../storage.ts'
import { sampleBytes } from './sample-bodies.ts'
import { assertContent, getFile, hashOf, hashStream } from './stored-content.ts'
import type { Suite } from './suite.ts'

const BYTES = sampleBytes(2_000_000)

/** How far a storage's clock may be from ours, in milliseconds. */
const CLOCK_SKEW = 60_000

const CONTENT_TYPES: readonly [name: string, contentType: string][] = [
  ['a.jpg', 'image/jpeg'],
  ['a.JPEG', 'image/jpeg'],
  ['a.Png', 'image/png'],
  ['a.svg', 'image/svg+xml'],
  ['a.mp4', 'video/mp4'],
  ['a.pdf', 'application/pdf'],
  ['a.txt', 'text/plain; charset=utf-8'],
  ['a.html', 'application/octet-stream'],
]

export function readingCases(suite: Suite): void {
  attributeCases(suite)
  streamCases(suite)
}

function attributeCases({ testCase }: Suite): void {
  testCase('gives null for a file that does not exist', async (storage) => {
    assert.equal(await storage.getFile('poster-3beac950-7721-46c9-9e7d-5e908ef51011.jpg'), null)
  })

  testCase(
    'tells the content type by the extension of the key',
    async (storage) => {
      for (const [name, contentType] of CONTENT_TYPES) {
        const key = await storage.storeFile(name, new Uint8Array(1))
        assert.equal((await getFile(storage, key)).contentType, contentType)
      }
    },
    { allowedExtensions: null },
  )

  testCase('tells when the file was stored, each time the same', async (storage) => {
    const before = Date.now()
    const key = await storage.storeFile('poster.jpg', BYTES)
    const { lastModified } = await getFile(storage, key)
    await setTimeout(20)
    assert.deepEqual((await getFile(storage, key)).lastModified, lastModified)
    assert.ok(lastModified.getTime() >= before - CLOCK_SKEW, lastModified.toISOString())
    assert.ok(lastModified.getTime() <= Date.now() + CLOCK_SKEW, lastModified.toISOString())
  })

  testCase('gives a strong entity tag that stays while the file does', async (storage) => {
    const key = await storage.storeFile('poster.jpg', BYTES)
    const { etag } = await getFile(storage, key)
    assert.match(etag, /^"[\u0021\u0023-\u007e]+"$/)
    assert.equal((await getFile(storage, key)).etag, etag)
  })

  testCase('gives files of different bytes different entity tags', async (storage) => {
    const etags = new Set<string>()
    for (let seed = 1; seed <= 5; seed += 1) {
      const key = await storage.storeFile('poster.jpg', sampleBytes(1000, seed))
      etags.add((await getFile(storage, key)).etag)
    }
    assert.equal(etags.size, 5)
  })

  testCase('gives a whole file as text and as an ArrayBuffer', async (storage) => {
    const bytes = new TextEncoder().encode('Ñandú 🎬\r\n')
    const file = await getFile(storage, await storage.storeFile('notes.txt', bytes))
    assert.equal(await file.text(), 'Ñandú 🎬\r\n')
    assert.deepEqual(new Uint8Array(await file.arrayBuffer()), bytes)
  })
}

function streamCases({ testCase }: Suite): void {
  testCase('gives the same bytes each time a file is read, also at the same time', async (storage) => {
    const file = await getFile(storage, await storage.storeFile('film.mp4', BYTES))
    const hashes = await Promise.all([1, 2, 3].map(() => hashStream(file.stream())))
    assert.deepEqual(new Set(hashes), new Set([hashOf(BYTES)]))
  })

  testCase('survives readers that leave in the middle or before the first byte', async (storage) => {
    const key = await storage.storeFile('film.mp4', BYTES)
    const file = await getFile(storage, key)
    for (let round = 0; round < 30; round += 1) {
      const reader = file.stream().getReader()
      if (round % 2 === 0) await reader.read()
      await reader.cancel()
    }
    await assertContent(storage, key, BYTES)
    await storage.deleteFile(key)
    assert.equal(await storage.getFile(key), null)
  })

  testCase(
    'gives the bytes of a file that was deleted after it was opened, or a MediaStorageError',
    async (storage) => {
      const key = await storage.storeFile('film.mp4', BYTES)
      const file = await getFile(storage, key)
      await storage.deleteFile(key)
      try {
        assert.equal(await hashStream(file.stream()), hashOf(BYTES))
      } catch (error) {
        assert.ok(error instanceof MediaStorageError, String(error))
      }
    },
  )
}
