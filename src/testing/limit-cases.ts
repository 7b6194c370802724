import assert from 'node:assert/strict'
import { asStream, inChunks, sampleBytes } from './sample-bodies.ts'
import { rejectsWith } from './storage-errors.ts'
import { assertContent, assertEmpty } from './stored-content.ts'
import type { Suite } from './suite.ts'

const LIMIT = 70_000
const OPTIONS = { maxFileSize: LIMIT }

export function limitCases({ testCase, harness }: Suite): void {
  for (const size of [LIMIT - 1, LIMIT]) {
    testCase(
      `stores ${size} bytes where ${LIMIT} are allowed`,
      async (storage) => {
        const bytes = sampleBytes(size)
        await assertContent(storage, await storage.storeFile('poster.jpg', asStream(bytes, 16_384)), bytes)
      },
      OPTIONS,
    )
  }

  const tooLarge = sampleBytes(LIMIT + 1)
  const bodies = {
    'a Uint8Array': () => tooLarge,
    'a Blob': () => new Blob([tooLarge.slice()]),
    'a stream': () => asStream(tooLarge, 1000),
    'a stream whose last byte comes alone': () => inChunks(tooLarge, [LIMIT]),
  }
  for (const [title, makeBody] of Object.entries(bodies)) {
    testCase(
      `refuses ${title} of one byte more than is allowed, and keeps none of it`,
      async (storage) => {
        const error = await rejectsWith(storage.storeFile('poster.jpg', makeBody()), 'FILE_TOO_LARGE')
        assert.match(error.message, /70 kB/)
        await assertEmpty(storage)
        assert.deepEqual((await harness.hiddenEntries?.(storage)) ?? [], [])
      },
      OPTIONS,
    )
  }

  testCase(
    'stops reading a body far longer than allowed at the limit, and lets go of it',
    async (storage) => {
      let sent = 0
      let isReleased = false
      async function* longBody(): AsyncGenerator<Uint8Array> {
        try {
          while (sent < 100 * LIMIT) {
            sent += 1000
            yield sampleBytes(1000)
          }
        } finally {
          isReleased = true
        }
      }
      await rejectsWith(storage.storeFile('poster.jpg', longBody()), 'FILE_TOO_LARGE')
      assert.ok(sent <= LIMIT + 2000, `${sent} bytes were taken from the body`)
      assert.equal(isReleased, true)
    },
    OPTIONS,
  )
}
