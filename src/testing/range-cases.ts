import assert from 'node:assert/strict'
import type { ByteRange } from '../storage.ts'
import { sampleBytes } from './sample-bodies.ts'
import { getFile } from './stored-content.ts'
import type { Suite } from './suite.ts'

const SIZE = 1_000_000
const BYTES = sampleBytes(SIZE)

/** `end` is included. */
const INSIDE: readonly [title: string, range: ByteRange, start: number, count: number][] = [
  ['the first byte', { start: 0, end: 0 }, 0, 1],
  ['the last byte', { start: 999_999, end: 999_999 }, 999_999, 1],
  ['bytes from the middle', { start: 300_001, end: 700_000 }, 300_001, 400_000],
  ['two bytes across a boundary', { start: 262_143, end: 262_144 }, 262_143, 2],
  ['everything from a byte on', { start: 999_000 }, 999_000, 1000],
  ['everything up to a byte', { end: 999 }, 0, 1000],
  ['the whole file by its first and last byte', { start: 0, end: 999_999 }, 0, SIZE],
  ['the whole file by an empty range', {}, 0, SIZE],
]

const OUTSIDE: readonly ByteRange[] = [
  { start: SIZE },
  { start: 0, end: SIZE },
  { start: SIZE, end: SIZE + 5 },
  { start: -1 },
  { start: -5, end: -1 },
  { start: 10, end: 9 },
  { end: -1 },
  { start: 0.5 },
  { start: Number.NaN },
  { end: Number.POSITIVE_INFINITY },
]

export function rangeCases({ testCase }: Suite): void {
  for (const [title, range, start, count] of INSIDE) {
    testCase(`gives exactly ${title}`, async (storage) => {
      const file = await getFile(storage, await storage.storeFile('film.mp4', BYTES))
      const bytes = await gather(file.stream(range))
      assert.equal(bytes.byteLength, count)
      assert.ok(bytes.equals(BYTES.subarray(start, start + count)), 'the bytes are others')
    })
  }

  testCase('throws RangeError for bytes outside the file', async (storage) => {
    const file = await getFile(storage, await storage.storeFile('film.mp4', BYTES))
    for (const range of OUTSIDE) assert.throws(() => file.stream(range), RangeError)
  })

  testCase('has no first byte to give of an empty file', async (storage) => {
    const file = await getFile(storage, await storage.storeFile('film.mp4', new Uint8Array()))
    assert.equal((await gather(file.stream())).byteLength, 0)
    assert.throws(() => file.stream({ start: 0, end: 0 }), RangeError)
  })
}

async function gather(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
