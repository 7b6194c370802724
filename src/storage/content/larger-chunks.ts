/** Smallest chunk that is passed on, but for the last one. */
const HEAD_BYTES = 16 * 1024

/**
 * Puts small chunks together.
 *
 * Attack: an image of a hundred thousand parts of a few bytes. Each chunk costs every later step the same, whether it
 * has one byte or many.
 */
export async function* largerChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    size += chunk.byteLength
    if (size < HEAD_BYTES) continue
    yield joined(parts)
    parts = []
    size = 0
  }
  if (size > 0) yield joined(parts)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  return only !== undefined && parts.length === 1 ? only : Buffer.concat(parts)
}
