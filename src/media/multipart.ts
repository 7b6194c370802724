import { ByteReader } from './byte-reader.ts'
import { parseHeaderParameters } from './header-parameters.ts'
import { parsePartHeaders } from './multipart-headers.ts'
import { MediaError } from './media-error.ts'

/** One part of a `multipart/form-data` body (RFC 7578). Its body must be read before the next part is asked for. */
export interface MultipartPart {
  /** The field's name. */
  readonly name: string
  /** `null` for a plain field. */
  readonly fileName: string | null
  readonly body: AsyncIterable<Uint8Array>
}

/** Longest header of a part, in bytes: ours have two short lines. */
const MAX_HEADER_BYTES = 16 * 1024

/** Most parts of a body. */
const MAX_PARTS = 1000

/**
 * Most bytes of a body, all together, that are in no file.
 *
 * Attack: a preamble or a plain field without end. Nothing of it is kept, but no limit on files would ever stop it.
 */
const MAX_IGNORED_BYTES = 1_000_000

/** Longest boundary, in characters (RFC 2046, section 5.1.1). */
const MAX_BOUNDARY_LENGTH = 70

/** Printable ASCII without the backslash, which may escape what follows it or not. */
const USABLE_BOUNDARY = /^[ -[\]-~]+$/

/**
 * The boundary of a `multipart/form-data` body; `null` when the content type is another one.
 *
 * @throws {MediaError} when it is multipart without a usable boundary
 */
export function multipartBoundary(contentType: string): string | null {
  if (!/^multipart\/form-data\s*(;|$)/i.test(contentType)) return null
  const boundary = parseHeaderParameters(contentType.replace(/^[^;]*/, ''))?.get('boundary') ?? ''
  if (boundary.length <= MAX_BOUNDARY_LENGTH && USABLE_BOUNDARY.test(boundary)) return boundary
  throw malformed('its boundary is missing or malformed')
}

/**
 * Takes a multipart body apart as it arrives: no part is gathered, whatever its size.
 *
 * @throws {MediaError} when the body breaks the format, or ends before its closing boundary
 */
export async function* readMultipart(
  chunks: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<MultipartPart> {
  const reader = new ByteReader(chunks)
  const delimiter = latin1(`\r\n--${boundary}`)
  const passOver = bytesToIgnore(MAX_IGNORED_BYTES)
  try {
    if (!(await startsWithOpening(reader, delimiter))) await passOver(readBody(reader, delimiter))
    if (!(await isFollowedByPart(reader))) return await passOver(readEpilogue(reader))
    for (let count = 0; count < MAX_PARTS; count += 1) {
      const headers = parsePartHeaders(await readHeader(reader))
      const body = readBody(reader, delimiter)
      yield { ...headers, body }
      // What the caller left of the part is passed over, so that the next one begins where it should.
      await passOver(body)
      if (!(await isFollowedByPart(reader))) return await passOver(readEpilogue(reader))
    }
    throw malformed(`it has more than ${MAX_PARTS} parts`)
  } finally {
    await reader.close()
  }
}

/** The first boundary stands at the very beginning, where it is consumed, or after a preamble that means nothing. */
async function startsWithOpening(reader: ByteReader, delimiter: Uint8Array): Promise<boolean> {
  const opening = delimiter.subarray(2)
  if (!startsWith(await reader.peek(opening.byteLength), opening)) return false
  reader.skip(opening.byteLength)
  return true
}

/** Reads on without keeping anything, `limit` bytes in all. */
function bytesToIgnore(limit: number): (chunks: AsyncIterable<Uint8Array>) => Promise<void> {
  let ignored = 0
  return async (chunks) => {
    for await (const chunk of chunks) {
      ignored += chunk.byteLength
      if (ignored > limit) throw malformed(`more than ${limit} bytes of it are in no file`)
    }
  }
}

/** After a boundary: a line end begins a part, two hyphens close the body. */
async function isFollowedByPart(reader: ByteReader): Promise<boolean> {
  await skipPadding(reader)
  const next = await reader.peek(2)
  if (startsWith(next, CRLF)) {
    reader.skip(2)
    return true
  }
  if (startsWith(next, latin1('--'))) return false
  throw malformed('a boundary is not followed by a line end')
}

/**
 * What stands behind the closing boundary. It means nothing, yet it is read: the body is whole when the connection says
 * so, and one that breaks just behind the last boundary has not brought an upload that anybody was told of.
 */
async function* readEpilogue(reader: ByteReader): AsyncGenerator<Uint8Array> {
  reader.skip(2)
  if (startsWith(await reader.peek(2), CRLF)) reader.skip(2)
  yield* reader.rest()
}

/** Spaces and tabs may stand between a boundary and its line end (RFC 2046, section 5.1.1). */
async function skipPadding(reader: ByteReader): Promise<void> {
  for (;;) {
    const [next] = await reader.peek(1)
    if (next !== 0x20 && next !== 0x09) return
    reader.skip(1)
  }
}

async function readHeader(reader: ByteReader): Promise<string> {
  const header = await reader.readUntil(latin1('\r\n\r\n'), MAX_HEADER_BYTES)
  if (header === null) throw malformed('the header of a part has no end')
  return new TextDecoder().decode(header)
}

/** The bytes before the next delimiter, as they arrive; the delimiter itself is consumed. */
async function* readBody(reader: ByteReader, delimiter: Uint8Array): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { chunk, isLast } = await reader.readBefore(delimiter)
    if (chunk.byteLength > 0) yield chunk
    if (isLast) return
  }
}

const CRLF = latin1('\r\n')

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return prefix.every((byte, index) => bytes[index] === byte)
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function malformed(why: string): MediaError {
  return new MediaError('INVALID_REQUEST', `The multipart body cannot be read: ${why}.`)
}
