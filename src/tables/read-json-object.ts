import { TableError } from './table-error.ts'

/** Longest JSON body, in bytes. */
const MAX_BODY_BYTES = 1_000_000

/**
 * Reads the JSON object that a request carries. The bytes are counted as they come, because a request may say nothing
 * or something wrong about its length.
 *
 * @param body - as it arrives
 * @throws {TableError} `INVALID_REQUEST` when the body is longer than 1 MB, no JSON, or no object
 */
export async function readJsonObject(body: AsyncIterable<Uint8Array>): Promise<object> {
  const text = decode(await readBytes(body))
  const value = parseJsonText(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new TableError('INVALID_REQUEST', 'The body must be a JSON object, such as {"title":"Alien"}.')
}

async function readBytes(body: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES) {
      throw new TableError('INVALID_REQUEST', `The body is too long: a row may have ${MAX_BODY_BYTES} bytes of JSON.`)
    }
    chunks.push(chunk)
  }
  return chunks
}

function decode(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new TableError('INVALID_REQUEST', 'The body must be JSON in UTF-8.', { cause: error })
  }
}

function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new TableError('INVALID_REQUEST', 'The body must be JSON, such as {"title":"Alien"}.', { cause: error })
  }
}
