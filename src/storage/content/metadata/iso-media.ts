import type { ByteSource } from '../byte-source.ts'
import { getBytes, copyBytes, hasText, toText, toDataView } from '../../core/bytes.ts'
import type { CheckedFile } from '../content-rules.ts'

/** Boxes that are looked into, by what they are in; the file itself is in nothing. */
const CONTAINERS: ReadonlySet<string> = new Set(['moov', 'moov/trak', 'moov/udta', 'moov/trak/udta'])

/** Boxes of metadata as a whole, and those of them that tell a place (QuickTime, 3GPP, Adobe). */
const METADATA = /(?:^|\/)(?:udta|meta)$/
const LOCATION_KEYS = /\/udta\/(?:\xa9xyz|loci|XMP_|xyz )$|\/ilst\/\xa9xyz$/

/** Adobe's XMP in a box of its own (XMP part 3, section 1.2.7). */
const XMP_UUID = '\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac'

/** How deep boxes are looked into: `moov/trak/udta/meta/ilst`. */
const DEEPEST = 5

/** What no writer makes: a video of nothing but these would keep a processor busy. */
const MAX_BOXES = 100_000

/** Longest list of names that is looked into, in bytes. */
const MAX_KEYS_BYTES = 64 * 1024

/**
 * An MP4 or QuickTime file without what its metadata tell too much (ISO/IEC 14496-12: boxes of a length, a type and
 * their bytes, in each other). A box that is to go becomes a free one of the same length, full of zeros: the places of
 * the images stay right, wherever in the file the boxes stand.
 */
export async function* isoMediaChunks(source: ByteSource, { rules }: CheckedFile): AsyncGenerator<Uint8Array> {
  yield* new BoxReader(source, rules.metadata === 'strip').boxes('', Infinity)
  yield* source.rest()
}

interface Box {
  /** The types of the boxes it is in, and its own. */
  readonly path: string
  readonly header: Uint8Array
  /** Bytes behind the header. */
  readonly length: number
}

class BoxReader {
  readonly #source: ByteSource
  readonly #isStripped: boolean
  /** Numbers of the names that tell a place, in the list of names that was read last. */
  #locationKeys: ReadonlySet<number> = new Set()
  #boxes = 0

  constructor(source: ByteSource, isStripped: boolean) {
    this.#source = source
    this.#isStripped = isStripped
  }

  /** The boxes of a container of so many bytes, one after another. What is no box is passed on as it is. */
  async *boxes(parent: string, length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0;) {
      const box = left < 8 || this.#boxes >= MAX_BOXES ? null : await this.#next(parent, left)
      if (box === null) {
        yield* this.#source.pass(left)
        return
      }
      this.#boxes += 1
      left -= box.header.byteLength + box.length
      yield* this.#box(box)
    }
  }

  async #next(parent: string, left: number): Promise<Box | null> {
    const head = await this.#source.peek(16)
    if (head.byteLength < 8) return null
    const short = toDataView(head).getUint32(0)
    const headerLength = short === 1 ? 16 : 8
    if (head.byteLength < headerLength) return null
    const size = short === 0 ? left : short === 1 ? Number(toDataView(head).getBigUint64(8)) : short
    if (size < headerLength || size > left) return null
    const path = `${parent}${parent === '' ? '' : '/'}${toText(head.subarray(4, 8))}`
    return { path, header: await this.#source.take(headerLength), length: size - headerLength }
  }

  async *#box(box: Box): AsyncGenerator<Uint8Array> {
    if (await this.#isErased(box)) {
      yield* this.#erased(box)
      return
    }
    yield box.header
    // Attack: boxes in boxes without end. Each byte of the innermost would pass through all of them.
    if (box.path.split('/').length > DEEPEST) yield* this.#source.pass(box.length)
    else if (CONTAINERS.has(box.path) || box.path.endsWith('/ilst')) yield* this.boxes(box.path, box.length)
    else if (box.path.endsWith('/meta')) yield* this.#meta(box)
    else if (box.path.endsWith('/meta/keys')) yield* this.#keys(box)
    else yield* this.#source.pass(box.length)
  }

  async #isErased({ path, header }: Box): Promise<boolean> {
    if (path === 'uuid') return hasText(await this.#source.peek(16), XMP_UUID)
    if (path.startsWith('moov/') && METADATA.test(path) && this.#isStripped) return true
    return (
      LOCATION_KEYS.test(path) ||
      (path.endsWith('/ilst/' + toText(header.subarray(4, 8))) && this.#isLocationItem(header))
    )
  }

  /** Items are numbered by the list of names. */
  #isLocationItem(header: Uint8Array): boolean {
    return this.#locationKeys.has(toDataView(header).getUint32(4))
  }

  async *#erased({ header, length }: Box): AsyncGenerator<Uint8Array> {
    const free = copyBytes(header)
    free.set(getBytes('free'), 4)
    yield free
    for await (const bytes of this.#source.pass(length)) yield new Uint8Array(bytes.byteLength)
  }

  /** In QuickTime its boxes begin at once, elsewhere after four bytes. */
  async *#meta({ path, length }: Box): AsyncGenerator<Uint8Array> {
    const isQuickTime = hasText(await this.#source.peek(8), 'hdlr', 4)
    const skipped = isQuickTime ? 0 : Math.min(4, length)
    yield* this.#source.pass(skipped)
    yield* this.boxes(path, length - skipped)
  }

  async *#keys({ length }: Box): AsyncGenerator<Uint8Array> {
    if (length > MAX_KEYS_BYTES) {
      yield* this.#source.pass(length)
      return
    }
    const bytes = await this.#source.take(length)
    this.#locationKeys = getLocationKeys(bytes)
    yield bytes
  }
}

/** Eight bytes, and then names, each with its length and a namespace before it; they are counted from 1. */
function getLocationKeys(bytes: Uint8Array): ReadonlySet<number> {
  const found = new Set<number>()
  for (let offset = 8, index = 1; offset + 8 <= bytes.byteLength; index += 1) {
    const size = toDataView(bytes).getUint32(offset)
    if (size < 8) break
    if (/location/i.test(toText(bytes.subarray(offset + 8, offset + size)))) found.add(index)
    offset += size
  }
  return found
}
