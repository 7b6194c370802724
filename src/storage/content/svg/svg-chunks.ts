import { originalFileName } from '../../keys/file-key.ts'
import { MediaStorageError } from '../../core/media-storage-error.ts'
import type { ByteSource } from '../byte-source.ts'
import { hasText, toText } from '../../core/bytes.ts'
import type { CheckedFile } from '../content-rules.ts'
import { SvgRefusal } from './svg-refusal.ts'
import { SvgSanitiser } from './svg-sanitiser.ts'

/** Longest SVG, in bytes: one is a text that browsers read as a whole, and every byte of it is parsed here. */
const MAX_SVG_BYTES = 10_000_000

/** Bytes that are parsed at a time: between them others have their turn. */
const PIECE = 64 * 1024

/** Encodings that an SVG may declare. Others, such as UTF-7, hide what is in it from whoever reads only one. */
const ENCODINGS = ['utf-8', 'utf-16', 'us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252']

/**
 * An SVG on its way into a storage: as it is, sanitised, or refused when it holds what sanitising would leave out. It is
 * read as it arrives; the result is UTF-8.
 *
 * @throws {MediaStorageError} `FILE_CONTENT_MISMATCH` when it is none, `FILE_REFUSED` when it cannot be made safe
 */
export async function* svgChunks(source: ByteSource, file: CheckedFile): AsyncGenerator<Uint8Array> {
  const { svg, contentCheck } = file.rules
  if (svg === 'keep' && contentCheck === 'off') {
    yield* source.rest()
    return
  }
  const sanitiser = new SvgSanitiser((what) => {
    if (svg === 'refuse') throw new SvgRefusal(`it holds ${what}`)
  })
  try {
    yield* sanitised(source, { sanitiser, isKept: svg === 'keep' })
  } catch (error) {
    throw error instanceof SvgRefusal ? getRefusal(file, error) : error
  }
}

interface Reading {
  sanitiser: SvgSanitiser
  /** The bytes are passed on as they are: they are only looked at. */
  isKept: boolean
}

async function* sanitised(source: ByteSource, { sanitiser, isKept }: Reading): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(getEncoding(await source.peek(256)), { fatal: true })
  const encoder = new TextEncoder()
  let size = 0
  for (let piece = await source.takeSome(PIECE); piece.byteLength > 0; piece = await source.takeSome(PIECE)) {
    size += piece.byteLength
    if (size > MAX_SVG_BYTES) throw new SvgRefusal(`it is longer than ${MAX_SVG_BYTES / 1_000_000} MB`)
    const output = sanitiser.push(decoded(decoder, piece))
    yield isKept ? piece : encoder.encode(output)
  }
  const rest = sanitiser.push(decoded(decoder)) + sanitiser.end()
  if (!isKept) yield encoder.encode(rest)
}

/** By its mark, its declaration, or UTF-8 (XML 1.0, appendix F). */
function getEncoding(head: Uint8Array): string {
  if (hasText(head, '\xff\xfe')) return 'utf-16le'
  if (hasText(head, '\xfe\xff')) return 'utf-16be'
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']/
    .exec(toText(head))?.[1]
    ?.toLowerCase()
  if (declared === undefined) return 'utf-8'
  if (!ENCODINGS.includes(declared)) throw new SvgRefusal(`its encoding is ${declared.slice(0, 20)}`)
  return declared === 'utf-16' ? 'utf-8' : declared
}

function decoded(decoder: InstanceType<typeof TextDecoder>, piece?: Uint8Array): string {
  try {
    return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true })
  } catch (error) {
    if (error instanceof TypeError) throw new SvgRefusal('its characters cannot be read', { isMalformed: true })
    throw error
  }
}

function getRefusal({ fileKey }: CheckedFile, { message, isMalformed }: SvgRefusal): MediaStorageError {
  const name = originalFileName(fileKey)
  return isMalformed
    ? new MediaStorageError('FILE_CONTENT_MISMATCH', `${name} is not an SVG image: ${message}.`)
    : new MediaStorageError('FILE_REFUSED', `${name} is refused: ${message}.`)
}
