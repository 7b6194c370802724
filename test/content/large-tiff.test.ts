import { expect, it } from 'vitest'
import { MediaStorageError } from 'vitrine/storage'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { movie } from '../storage/media-tables.ts'
import { bytes } from './sample-content.ts'

const storage = new MemoryMediaStorage({ column: movie.poster })
const keeping = new MemoryMediaStorage({ column: movie.poster, metadata: 'keep' })

interface TiffOptions {
  width: number
  height: number
  /** Bytes before the directory. */
  pixels: number
  isBig?: boolean
  isLittleEndian?: boolean
  type?: 3 | 4
}

/** A TIFF whose only directory stands behind its pixels and tells nothing but a size. */
function tiff({ width, height, pixels, isBig = false, isLittleEndian = true, type = 4 }: TiffOptions) {
  const number = (value: number, length: number) => {
    const digits = Array.from({ length }, (_, index) => Math.floor(value / 256 ** index) % 256)
    return isLittleEndian ? digits : digits.toReversed()
  }
  const long = isBig ? 8 : 4
  const size = type === 3 ? 2 : 4
  const entry = (tag: number, value: number) => {
    const filler = Array.from({ length: long - size }, () => 0)
    return [...number(tag, 2), ...number(type, 2), ...number(1, long), ...number(value, size), ...filler]
  }
  const start = [...number(isBig ? 43 : 42, 2), ...(isBig ? [...number(8, 2), 0, 0] : [])]
  const place = 2 + start.length + long
  return bytes(
    isLittleEndian ? 'II' : 'MM',
    start,
    number(place + pixels, long),
    new Uint8Array(pixels),
    number(2, isBig ? 8 : 2),
    entry(256, width),
    entry(257, height),
    number(0, long),
  )
}

async function outcome(content: Uint8Array<ArrayBuffer>, into = storage): Promise<string> {
  try {
    await into.storeFile('scan.tif', new Blob([content]))
    return 'stored'
  } catch (error) {
    if (error instanceof MediaStorageError) return `${error.code}: ${error.message}`
    throw error
  }
}

const TOO_LARGE =
  'IMAGE_TOO_LARGE: scan.tif is too large a picture: it has 60000 × 60000 pixels, and at most 100 million are allowed.'
const LARGE = { width: 60_000, height: 60_000 }

it.each<[kind: string, options: TiffOptions]>([
  ['in long numbers', { ...LARGE, pixels: 100 }],
  ['in short numbers', { ...LARGE, pixels: 100, type: 3 }],
  ['from the other end', { ...LARGE, pixels: 100, isLittleEndian: false }],
  ['as a BigTIFF', { ...LARGE, pixels: 100, isBig: true }],
  ['behind its pixels', { ...LARGE, pixels: 200_000 }],
  ['half in what is read first', { ...LARGE, pixels: 65_536 - 20 }],
  ['behind its pixels, as a BigTIFF', { ...LARGE, pixels: 200_000, isBig: true, isLittleEndian: false }],
])('refuses a TIFF that tells %s that it is too large', async (_, options) => {
  expect(await outcome(tiff(options))).toBe(TOO_LARGE)
  expect(await outcome(tiff(options), keeping)).toBe(TOO_LARGE)
  expect(await outcome(tiff({ ...options, width: 100, height: 80 }))).toBe('stored')
})

it('takes a TIFF whose directory is not there: no program decodes it', async () => {
  expect(await outcome(bytes('II*\0', [0xff, 0xff, 0xff, 0xff], new Uint8Array(100)))).toBe('stored')
})
