import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { FileBody } from '../storage.ts'
import { asStream, inChunks, sampleBytes } from './sample-bodies.ts'
import { assertContent, getFile, hashStream } from './stored-content.ts'
import type { Suite } from './suite.ts'

const DEFAULT_LARGE_FILE = 8 * 1024 * 1024
const LARGE_FILE_CHUNK = 64 * 1024

const BYTES = sampleBytes(100_000)
const LARGE_CHUNK = sampleBytes(3_000_000)

const BODIES: readonly [title: string, makeBody: () => FileBody, expected: Uint8Array][] = [
  ['a Uint8Array', () => BYTES, BYTES],
  ['a part of a larger array', () => BYTES.subarray(10, 5000), BYTES.slice(10, 5000)],
  ['a Blob', () => new Blob([BYTES.slice()]), BYTES],
  ['a web stream', () => asStream(BYTES, 16_384), BYTES],
  ['an async iterable', () => inChunks(BYTES, [1000, 50_000]), BYTES],
  ['chunks of one byte', () => inChunks(BYTES.subarray(0, 5000), ones(5000)), BYTES.slice(0, 5000)],
  ['empty chunks between others', () => inChunks(BYTES, [0, 1, 0, 0, 70_000, 0]), BYTES],
  ['chunks of odd sizes', () => inChunks(BYTES, [7, 4095, 4097, 65_537, 3]), BYTES],
  ['one chunk of 3 MB', () => inChunks(LARGE_CHUNK, []), LARGE_CHUNK],
  ['a small chunk after one of 3 MB', () => inChunks(LARGE_CHUNK, [2_999_999]), LARGE_CHUNK],
  ['an empty Uint8Array', () => new Uint8Array(), new Uint8Array()],
  ['an empty Blob', () => new Blob([]), new Uint8Array()],
  ['a stream without a chunk', () => asStream(new Uint8Array(), 1), new Uint8Array()],
  ['a stream of one empty chunk', () => inChunks(new Uint8Array(), [0]), new Uint8Array()],
]

export function storingCases({ testCase, harness, onlyIf }: Suite): void {
  for (const [title, makeBody, expected] of BODIES) {
    testCase(`stores ${title} unchanged`, async (storage) => {
      const key = await storage.storeFile('poster.jpg', makeBody())
      await assertContent(storage, key, expected)
    })
  }

  const largeFileSize = harness.largeFileSize ?? DEFAULT_LARGE_FILE
  onlyIf(largeFileSize > 0, 'largeFileSize is 0').testCase(
    `stores a stream of ${largeFileSize} bytes unchanged`,
    async (storage) => {
      const hash = createHash('sha256')
      const key = await storage.storeFile('film.mp4', hashed(largeBody(largeFileSize), hash))
      const file = await getFile(storage, key)
      assert.equal(file.size, largeFileSize)
      assert.equal(await hashStream(file.stream()), hash.digest('hex'))
    },
  )

  testCase('keeps its own copy of an array that the caller changes later', async (storage) => {
    const bytes = sampleBytes(1000)
    const key = await storage.storeFile('poster.jpg', bytes)
    bytes.fill(0)
    await assertContent(storage, key, sampleBytes(1000))
  })

  testCase('keeps two uploads of one name apart', async (storage) => {
    const first = await storage.storeFile('poster.jpg', sampleBytes(1000, 1))
    const second = await storage.storeFile('poster.jpg', sampleBytes(2000, 2))
    assert.notEqual(first, second)
    await assertContent(storage, first, sampleBytes(1000, 1))
    await assertContent(storage, second, sampleBytes(2000, 2))
  })

  onlyIf(harness.hiddenEntries !== undefined, 'the harness has no hiddenEntries').testCase(
    'leaves nothing but the file when an upload is finished',
    async (storage) => {
      await storage.storeFile('poster.jpg', inChunks(BYTES, [7, 4095]))
      assert.deepEqual(await harness.hiddenEntries?.(storage), [])
    },
  )
}

function* ones(count: number): Generator<number> {
  for (let index = 0; index < count; index += 1) yield 1
}

async function* largeBody(size: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < size; sent += LARGE_FILE_CHUNK) {
    yield sampleBytes(Math.min(LARGE_FILE_CHUNK, size - sent), 1 + sent / LARGE_FILE_CHUNK)
  }
}

async function* hashed(
  chunks: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}
