/** Bytes without a pattern that a storage could get right by chance; the same for the same seed. */
export function sampleBytes(size: number, seed: number = 1): Uint8Array {
  const words = new Uint32Array(Math.ceil(size / 4))
  let state = Math.imul(seed, 0x9e3779b1) || 1
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[index] = state
  }
  return new Uint8Array(words.buffer, 0, size)
}

/** The bytes as a body that comes in chunks of these sizes; what is left over comes as the last chunk. */
export async function* inChunks(bytes: Uint8Array, sizes: Iterable<number>): AsyncGenerator<Uint8Array> {
  let start = 0
  for (const size of sizes) {
    yield bytes.subarray(start, start + size)
    start += size
  }
  if (start < bytes.byteLength) yield bytes.subarray(start)
}

/** The bytes as a web stream in chunks of one size. */
export function asStream(bytes: Uint8Array, chunkSize: number): ReadableStream<Uint8Array> {
  let start = 0
  return new ReadableStream({
    pull(controller) {
      if (start >= bytes.byteLength) {
        controller.close()
        return
      }
      controller.enqueue(bytes.subarray(start, start + chunkSize))
      start += chunkSize
    },
  })
}

/** The bytes and then an error, as from a client that goes away. */
export async function* failingAfter(bytes: Uint8Array, error: unknown): AsyncGenerator<Uint8Array> {
  yield* inChunks(
    bytes,
    Array.from({ length: 4 }, () => Math.ceil(bytes.byteLength / 4)),
  )
  throw error
}

/** A body that stops in the middle until it is let go on. */
export interface PausedBody {
  body: AsyncIterable<Uint8Array>
  /** Resolves when the storage has taken the first part and asks for more. */
  paused: Promise<void>
  resume: () => void
  /** Whether the body was let go of, by its end or before. */
  isReleased: () => boolean
}

/** A body of two parts that pauses between them. */
export function pausedBody(first: Uint8Array, rest: Uint8Array): PausedBody {
  const reached = createGate()
  const gate = createGate()
  let isReleased = false
  async function* generate(): AsyncGenerator<Uint8Array> {
    try {
      yield first
      reached.open()
      await gate.opened
      yield rest
    } finally {
      isReleased = true
    }
  }
  return { body: generate(), paused: reached.opened, resume: gate.open, isReleased: () => isReleased }
}

interface Gate {
  open: () => void
  opened: Promise<void>
}

function createGate(): Gate {
  const resolvers: (() => void)[] = []
  const opened = new Promise<void>((resolve) => resolvers.push(resolve))
  return { open: () => resolvers.forEach((resolve) => resolve()), opened }
}
