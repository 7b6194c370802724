import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ContentOptions } from 'vitrine/storage'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { movie } from '../storage/media-tables.ts'
import { printFigure } from '../storage/print-figure.ts'
import { bytes, sampleImage } from './sample-content.ts'

type Metadata = NonNullable<ContentOptions['metadata']>

/** What is stored of a file that comes as over a network, and the processor's time, in milliseconds, that it took. */
async function storedIn(name: string, content: Uint8Array, metadata: Metadata) {
  const storage = new MemoryMediaStorage({ column: movie.poster, allowedExtensions: null, metadata })
  async function* chunks() {
    for (let start = 0; start < content.byteLength; start += 65_536) yield content.subarray(start, start + 65_536)
  }
  const before = process.cpuUsage()
  const file = await storage.getFile(await storage.storeFile(name, chunks()))
  const { user, system } = process.cpuUsage(before)
  return { result: Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0)), time: (user + system) / 1000 }
}

function number(value: number, length = 4): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256)
}

const box = (type: string, ...body: (string | readonly number[] | Uint8Array)[]) => {
  const content = bytes(...body)
  return Buffer.concat([number(content.byteLength + 8), Buffer.from(type, 'latin1'), content])
}

async function pngWith(type: string, body: Uint8Array, count = 1): Promise<Uint8Array> {
  const png = await sampleImage().png().toBuffer()
  const content = Buffer.concat([Buffer.from(type), body])
  const chunk = Buffer.concat([number(body.byteLength), content, number(crc32(content))])
  return Buffer.concat([png.subarray(0, 33), ...Array.from({ length: count }, () => chunk), png.subarray(33)])
}

const pngWithXmp = (xmp: string) => pngWith('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${xmp}`))

async function jpegWithXmp(xmp: string): Promise<Uint8Array> {
  const jpeg = await sampleImage().jpeg().toBuffer()
  const body = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp}`)
  const segment = [Buffer.from([0xff, 0xe1]), number(body.byteLength + 2, 2), body]
  return Buffer.concat([jpeg.subarray(0, 2), ...segment, jpeg.subarray(2)])
}

/** A GPS directory of 65,535 values, each as long as all the data. */
function overlappingValues(): Uint8Array {
  const [count, start] = [65_535, 26]
  const exif = Buffer.alloc(1024 * 1024 - 64)
  exif.set(bytes('MM\0*', [0, 0, 0, 8, 0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, start]))
  exif.writeUInt16BE(count, start)
  for (let offset = start + 2; offset < start + 2 + count * 12; offset += 12) {
    exif.set([0, 1, 0, 1, ...number(exif.byteLength), ...number(start + 2 + count * 12)], offset)
  }
  return exif
}

/** An image whose list of items tells of `items` places of `parts` parts each, all the same. */
function getImageFromItems(items: number, parts: number, isXmp: boolean): Uint8Array {
  const type = isXmp ? 'mime\0application/rdf+xml\0' : 'Exif\0'
  const entries = Array.from({ length: items }, (_, item) => box('infe', [2, 0, 0, 0], number(item, 2), [0, 0], type))
  const length = isXmp ? 900_000 : 0
  // Bytes of each number: none of the offset of a part, none or four of its length.
  const sizes = [isXmp ? 4 : 0, 0]
  const part = isXmp ? number(length) : []
  const one = (item: number) => [...number(item, 2), 0, 1, 0, 0, ...number(parts, 2), ...(isXmp ? part : [])]
  const places = Array.from({ length: items }, (_, item) => one(item)).flat()
  const information = Buffer.concat([new Uint8Array(4), number(items, 2), ...entries])
  const meta = box(
    'meta',
    [0, 0, 0, 0],
    box('hdlr', new Uint8Array(24)),
    box('iinf', information),
    box('iloc', [1, 0, 0, 0], sizes, number(items, 2), places),
    box('idat', 'GPS '.padEnd(length, 'a')),
  )
  return Buffer.concat([box('ftyp', 'avif', [0, 0, 0, 0], 'mif1avif'), meta, box('mdat', 'PICTURE')])
}

/** Boxes in boxes: `depth` of them, each with `before` in front of the next. */
function nested(type: string, depth: number, before: readonly number[]): Uint8Array {
  const size = 8 + before.length
  const boxes = Array.from({ length: depth }, (_, index) => [
    ...number((depth - index) * size),
    ...Buffer.from(type),
    ...before,
  ])
  return Buffer.concat([BRAND, box('moov', box('udta', boxes.flat()))])
}

const BRAND = box('ftyp', 'isom', [0, 0, 0, 0], 'isom')

describe('metadata made to keep the server busy', () => {
  it.each([
    ['XMP of one long name', 'a.png', () => pngWithXmp(`GPS ${'a'.repeat(900_000)}`)],
    ['the same in a JPEG', 'a.jpg', () => jpegWithXmp(`GPS ${'a'.repeat(65_000)}`)],
    ['XMP of tags without an end', 'a.png', () => pngWithXmp('<a:GPS '.repeat(130_000))],
    ['XMP of attributes without an end', 'a.png', () => pngWithXmp(`a:GPS='"`.repeat(110_000))],
    ['XMP of elements in each other', 'a.png', () => pngWithXmp(`${'<a:GPS>'.repeat(60_000)}</a:GPS>`)],
    ['Exif values that overlap', 'a.png', () => pngWith('eXIf', overlappingValues(), 40)],
    ['items of 200 million parts', 'a.avif', () => getImageFromItems(3000, 65_535, false)],
    ['items that share their bytes', 'a.avif', () => getImageFromItems(2000, 1, true)],
    ['lists in lists', 'a.mp4', () => nested('meta', 20_000, [0, 0, 0, 0])],
    ['items in items', 'a.mp4', () => nested('ilst', 20_000, [])],
    ['two million empty boxes', 'a.mp4', () => Buffer.concat([BRAND, Buffer.alloc(16_000_000, box('free'))])],
  ] as const)('%s', async (what, name, content) => {
    const original = await content()
    for (const metadata of ['strip-location', 'strip'] as const) {
      const { time } = await storedIn(name, original, metadata)
      printFigure(`${what}, ${original.byteLength} bytes, ${metadata}: ${Math.round(time)} ms`)
      expect(time).toBeLessThan(7000)
    }
  })
})

it('takes the names out of a PDF wherever in it they stand', async () => {
  const names = '/Author (OWNER-ADA)/Producer<4f574e4552>\n'
  const left: number[] = []
  for (let position = 61_360; position < 61_460; position += 1) {
    const original = Buffer.from(`%PDF-1.7\n${'%'.padEnd(position - 10, 'x')}\n${names}%${'y'.repeat(9000)}`)
    const { result } = await storedIn('a.pdf', original, 'strip')
    if (result.includes('OWNER-ADA') || result.includes('4f574e4552')) left.push(position)
    expect(result.byteLength).toBe(original.byteLength)
  }
  printFigure(`names are left in ${left.length} of 100 PDF`)
  expect(left).toEqual([])
})

it('hands a picture of twenty thousand parts to its storage in few chunks', async () => {
  const original = await pngWith('tEXt', Buffer.from('a\0b'), 20_000)
  let count = 0
  const storage = new MemoryMediaStorage({
    column: movie.poster,
    verifyFile: async ({ stream }) => {
      for await (const chunk of stream()) count += chunk.byteLength > 0 ? 1 : 0
    },
  })
  const file = await storage.getFile(await storage.storeFile('a.png', original))
  expect(Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0)).equals(original)).toBe(true)
  printFigure(`${original.byteLength} bytes of a PNG in ${count} chunks`)
  expect(count).toBeLessThan(40)
})
