import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { ContentOptions } from 'vitrine/storage'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { movie } from '../storage/media-tables.ts'
import { printFigure } from '../storage/print-figure.ts'
import { bytes, sampleImage } from './sample-content.ts'

type Metadata = NonNullable<ContentOptions['metadata']>

const XMP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" ' +
  'exif:GPSLatitude="47,22.5N" dc:title="KEEP-TITLE"><exif:GPSLongitude>8,32.5E</exif:GPSLongitude></rdf:Description></rdf:RDF></x:xmpmeta>'

/** Marks that tell a place, and that may be in a file in other ways than letters. */
const LOCATION_KEYS = ['47,22.5N', '8,32.5E', 'GPSLatitude', '47/1', 'ZURICH-PLACE']

const EXIF = {
  IFD0: { Artist: 'OWNER-ADA', Make: 'CAMERA' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 22/1 30/1', GPSMapDatum: 'ZURICH-PLACE' },
}

interface Storing {
  metadata?: Metadata
  /** Of the first chunks; the rest comes as one. */
  sizes?: number[]
}

/** Comes in pieces of Node's memory, as from a socket or a disk: several share one, and it belongs to whoever gave it. */
async function stored(name: string, content: Uint8Array, { metadata = 'strip-location', sizes = [] }: Storing = {}) {
  const isDefault = metadata === 'strip-location'
  const storage = new MemoryMediaStorage({
    column: movie.poster,
    allowedExtensions: null,
    ...(isDefault ? {} : { metadata }),
  })
  const memory = Buffer.concat([Buffer.from('before'), content]).subarray('before'.length)
  async function* chunks() {
    let start = 0
    for (const size of sizes) {
      yield memory.subarray(start, start + size)
      start += size
    }
    yield memory.subarray(start)
  }
  const file = await storage.getFile(await storage.storeFile(name, chunks()))
  expect(memory.equals(content)).toBe(true)
  return new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0))
}

const has = (content: Uint8Array, mark: string) => Buffer.from(content).includes(Buffer.from(mark, 'latin1'))

async function photo(format: 'jpeg' | 'png' | 'webp'): Promise<Uint8Array<ArrayBuffer>> {
  const image = sampleImage().withIccProfile('p3').withMetadata({ orientation: 6 }).withExifMerge(EXIF).withXmp(XMP)
  const content = new Uint8Array(await image.toFormat(format).toBuffer())
  if (format !== 'png' || has(content, '47,22.5N')) return content
  // The library compresses this text, or leaves it out.
  const text = pngChunk('iTXt', bytes('XML:com.adobe.xmp', [0, 0, 0, 0, 0], XMP))
  return bytes(content.subarray(0, 33), text, content.subarray(33))
}

function pngChunk(type: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.byteLength)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(bytes(type, body)))
  return bytes(length, type, body, checksum)
}

const pixels = async (content: Uint8Array) => (await sharp(content).raw().toBuffer()).toString('hex')

describe.each(['jpeg', 'png', 'webp'] as const)('the metadata of a photo, as %s', (format) => {
  it('lose the place by default, and nothing else', async () => {
    const original = await photo(format)
    const result = await stored(`a.${format}`, original)
    expect(has(original, 'ZURICH-PLACE')).toBe(true)
    expect(has(original, '47,22.5N')).toBe(true)
    const left = LOCATION_KEYS.filter((mark) => has(result, mark))
    printFigure(`${left.length} of ${LOCATION_KEYS.length} marks of the place are left in the ${format}`)
    expect(left).toEqual([])
    expect(has(result, 'OWNER-ADA')).toBe(true)
    expect(has(result, 'KEEP-TITLE')).toBe(true)
    const { orientation, icc } = await sharp(result).metadata()
    expect([orientation, icc === undefined]).toEqual([6, false])
    expect(await pixels(result)).toBe(await pixels(original))
    // What is compressed cannot be read while it passes, and goes as a whole.
    if (format !== 'png') expect(result.byteLength).toBe(original.byteLength)
  })

  it('go with all but orientation and colours when they are stripped', async () => {
    const original = await photo(format)
    const result = await stored(`a.${format}`, original, { metadata: 'strip' })
    for (const mark of [...LOCATION_KEYS, 'OWNER-ADA', 'CAMERA', 'KEEP-TITLE'])
      expect(has(result, mark), mark).toBe(false)
    const { orientation, icc } = await sharp(result).metadata()
    expect([orientation, icc === undefined]).toEqual([6, false])
    expect(await pixels(result)).toBe(await pixels(original))
  })

  it('stay byte for byte when they are kept', async () => {
    const original = await photo(format)
    expect(Buffer.from(await stored(`a.${format}`, original, { metadata: 'keep' })).equals(original)).toBe(true)
  })

  it('are the same in chunks of any size', async () => {
    const original = await photo(format)
    const whole = await stored(`a.${format}`, original)
    const ones = Array.from({ length: original.byteLength }, () => 1)
    expect(Buffer.from(await stored(`a.${format}`, original, { sizes: ones })).equals(whole)).toBe(true)
    expect(Buffer.from(await stored(`a.${format}`, original, { sizes: [7, 13, 501] })).equals(whole)).toBe(true)
  })

  it('never cost the upload when they are damaged, nor hang it', async () => {
    const original = await photo(format)
    for (let index = 40; index < original.byteLength; index += 11) {
      const damaged = original.slice()
      damaged[index] = (original[index] ?? 0) ^ 0xff
      for (const metadata of ['strip-location', 'strip'] as const) {
        const storage = new MemoryMediaStorage({ column: movie.poster, metadata, imageLimits: null })
        await expect(storage.storeFile(`a.${format}`, damaged)).resolves.toMatch(/^a-/)
        await expect(storage.storeFile(`a.${format}`, original.slice(0, index))).resolves.toMatch(/^a-/)
      }
    }
  })
})

describe('a JPEG', () => {
  it('loses metadata whose Exif data cannot be read, as a whole', async () => {
    const plain = new Uint8Array(await sampleImage().jpeg().toBuffer())
    const broken = bytes([0xff, 0xe1, 0, 28], 'Exif\0\0', 'II*\0\xff\xff\0\0ZURICH-PLACE')
    const result = await stored('a.jpg', bytes(plain.subarray(0, 2), broken, plain.subarray(2)))
    expect(has(result, 'ZURICH-PLACE')).toBe(false)
    expect(await pixels(result)).toBe(await pixels(plain))
  })

  it('loses the place of a second picture behind the first, too', async () => {
    const [first, second] = [new Uint8Array(await sampleImage().jpeg().toBuffer()), await photo('jpeg')]
    const result = await stored('a.jpg', bytes(first, second))
    for (const mark of LOCATION_KEYS) expect(has(result, mark), mark).toBe(false)
  })

  it('loses the place of a movie behind it, too, as phones put it there', async () => {
    const plain = new Uint8Array(await sampleImage().jpeg().toBuffer())
    const place = box('moov', box('udta', box('\xa9xyz', '+47.3769+008.5417/')))
    const moment = bytes(box('ftyp', 'mp42', [0, 0, 0, 0], 'mp42'), place, box('mdat', 'PICTURES'))
    for (const metadata of ['strip-location', 'strip'] as const) {
      const result = await stored('a.jpg', bytes(plain, moment), { metadata })
      expect(has(result, '47.3769'), metadata).toBe(false)
      expect(has(result, 'PICTURES'), metadata).toBe(true)
      expect(await pixels(result)).toBe(await pixels(plain))
    }
    const kept = await stored('a.jpg', bytes(plain, moment), { metadata: 'keep' })
    expect(has(kept, '47.3769')).toBe(true)
  })

  it('loses its comments when it is stripped', async () => {
    const plain = new Uint8Array(await sampleImage().jpeg().toBuffer())
    const comment = bytes([0xff, 0xfe, 0, 8], 'SECRET')
    const commented = bytes(plain.subarray(0, 2), comment, plain.subarray(2))
    expect(has(await stored('a.jpg', commented), 'SECRET')).toBe(true)
    expect(has(await stored('a.jpg', commented, { metadata: 'strip' }), 'SECRET')).toBe(false)
  })

  it('is refused as too large wherever it tells its size', async () => {
    const filler = Array.from({ length: 5 }, () => bytes([0xff, 0xe2, 0xff, 0xff], new Uint8Array(65_533)))
    const huge = bytes([0xff, 0xd8], ...filler, [0xff, 0xc0, 0, 17, 8, 0x75, 0x30, 0x75, 0x30, 3], new Uint8Array(9))
    await expect(stored('a.jpg', huge, { metadata: 'keep' })).rejects.toThrow(
      'a.jpg is too large a picture: it has 30000 × 30000 pixels, and at most 100 million are allowed.',
    )
  })
})

/** A box of an MP4. */
function box(type: string, ...content: (string | Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const body = bytes(...content)
  const length = body.byteLength + 8
  return bytes([length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255], type, body)
}

describe('a movie', () => {
  const place = box('\xa9xyz', [0, 17, 0x15, 0xc7], '+47.3750+008.5417/')
  const name = 'com.apple.quicktime.location.ISO6709'
  const keys = box('keys', [0, 0, 0, 0, 0, 0, 0, 2], box('mdta', 'com.apple.quicktime.make'), box('mdta', name))
  const items = box(
    'ilst',
    box('\0\0\0\x01', box('data', 'APPLE')),
    box('\0\0\0\x02', box('data', '+47.3750+008.5417/')),
  )
  const apple = box('meta', box('hdlr', new Uint8Array(24)), keys, items)
  const threeGp = box('loci', [0, 0, 0, 0, 0x55, 0xc4], 'ZURICH-PLACE\0')
  const title = box('\xa9nam', 'KEEP-TITLE')
  const track = box('trak', box('tkhd', 'HEADER'), box('udta', threeGp))
  const moov = box('moov', box('mvhd', 'HEADER'), track, box('udta', place, title), apple)
  const xmp = box('uuid', '\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac', XMP)
  const media = box('mdat', new Uint8Array(100_000).fill(7))
  const brand = box('ftyp', 'isom', [0, 0, 2, 0], 'isom')
  const marks = ['+47.3750', 'ZURICH-PLACE', '47,22.5N']

  it.each([
    ['before its pictures', 'a.mp4', bytes(brand, moov, xmp, media)],
    ['behind its pictures', 'a.mov', bytes(brand, media, moov, xmp)],
  ])('loses where it was taken, with what tells it %s, and no byte moves', async (_title, fileName, original) => {
    for (const sizes of [[original.byteLength], [1, 2, 3, 5, 70, 900]]) {
      const result = await stored(fileName, original, { sizes })
      printFigure(
        `${marks.filter((mark) => has(result, mark)).length} of ${marks.length} marks of the place are left in ${fileName}`,
      )
      for (const mark of marks) expect(has(result, mark), mark).toBe(false)
      for (const mark of ['KEEP-TITLE', 'APPLE', 'tkhdHEADER', 'mvhdHEADER']) expect(has(result, mark), mark).toBe(true)
      expect(result.byteLength).toBe(original.byteLength)
      expect(Buffer.from(result).indexOf(media)).toBe(Buffer.from(original).indexOf(media))
    }
  })

  it('loses all metadata when it is stripped', async () => {
    const result = await stored('a.mp4', bytes(brand, moov, xmp, media), { metadata: 'strip' })
    for (const mark of [...marks, 'KEEP-TITLE', 'APPLE']) expect(has(result, mark), mark).toBe(false)
    expect(has(result, 'mvhdHEADER')).toBe(true)
  })

  it('is passed on as it is where it stops being one', async () => {
    const odd = bytes(brand, [0, 0, 0, 3], 'moov', 'rest')
    expect(Buffer.from(await stored('a.mp4', odd)).equals(odd)).toBe(true)
    const endless = bytes(brand, [0, 0, 0, 0], 'mdat', 'rest')
    expect(Buffer.from(await stored('a.mp4', endless)).equals(endless)).toBe(true)
  })
})

it('refuses a picture of 30,000 by 30,000 pixels at once, in no memory', async () => {
  const png = bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0', new Uint8Array(4000))
  const before = process.memoryUsage().rss
  const start = process.cpuUsage()
  await expect(stored('a.png', png)).rejects.toThrow(
    'it has 30000 × 30000 pixels, and at most 100 million are allowed.',
  )
  const { user, system } = process.cpuUsage(start)
  const grown = (process.memoryUsage().rss - before) / 1e6
  printFigure(
    `900 megapixels in ${png.byteLength} bytes refused after ${(user + system) / 1000} ms, memory +${grown.toFixed(1)} MB`,
  )
  expect(user + system).toBeLessThan(1_000_000)
  expect(grown).toBeLessThan(50)
})

describe('an AVIF or HEIC picture', () => {
  /** As the library writes it: the list of items first, then what they hold. */
  const avif = async () => {
    const image = sampleImage().withIccProfile('p3').withExifMerge(EXIF).withXmp(XMP)
    return new Uint8Array(await image.avif({ effort: 0 }).toBuffer())
  }

  it.each(['strip-location', 'strip'] as const)('loses the place by %s, and no byte moves', async (metadata) => {
    const original = await avif()
    expect(has(original, 'ZURICH-PLACE')).toBe(true)
    const result = await stored('a.avif', original, { metadata })
    const left = LOCATION_KEYS.filter((mark) => has(result, mark))
    printFigure(`${left.length} of ${LOCATION_KEYS.length} marks of the place are left in the AVIF by ${metadata}`)
    expect(left).toEqual([])
    expect(has(result, 'OWNER-ADA')).toBe(metadata === 'strip-location')
    expect(result.byteLength).toBe(original.byteLength)
    expect(await pixels(result)).toBe(await pixels(original))
    const ones = Array.from({ length: original.byteLength }, () => 1)
    expect(Buffer.from(await stored('a.avif', original, { metadata, sizes: ones })).equals(result)).toBe(true)
  })

  it('loses it where the list of items is of another version, the data stand in it, or in parts', async () => {
    const exif = bytes([0, 0, 0, 6], 'Exif\0\0', 'II*\0\xff\xff\0\0ZURICH-PLACE')
    const brand = box('ftyp', 'heic', [0, 0, 0, 0], 'mif1heic')
    const items = box('iinf', [0, 0, 0, 0, 0, 1], box('infe', [2, 0, 0, 1, 0, 7, 0, 0], 'Exif\0'))
    const half = exif.byteLength >> 1
    const located = (method: number, extents: readonly (readonly number[])[]) =>
      box('iloc', [1, 0, 0, 0, 0x44, 0, 0, 1, 0, 7, 0, method, 0, 0, 0, extents.length], ...extents)
    const [inFile, inList] = [0, 1]
    const handler = box('hdlr', new Uint8Array(24))
    const at = (start: number, length: number) => [0, 0, start >> 8, start & 255, 0, 0, 0, length]
    const meta = (start: number) => {
      const extents = [at(start, half), at(start + half, exif.byteLength - half)]
      return box('meta', [0, 0, 0, 0], handler, items, located(inFile, extents))
    }
    const behind = brand.byteLength + meta(0).byteLength + 8
    const inParts = bytes(brand, meta(behind), box('mdat', exif, 'PICTURE'))
    const list = located(inList, [at(0, exif.byteLength)])
    const within = bytes(
      brand,
      box('meta', [0, 0, 0, 0], handler, items, list, box('idat', exif)),
      box('mdat', 'PICTURE'),
    )
    for (const original of [inParts, within]) {
      const result = await stored('a.heic', original)
      expect(has(original, 'ZURICH-PLACE')).toBe(true)
      expect(has(result, 'ZURICH-PLACE')).toBe(false)
      expect(has(result, 'PICTURE')).toBe(true)
      expect(result.byteLength).toBe(original.byteLength)
    }
  })

  it('never costs the upload when it is damaged, nor hangs it', async () => {
    const original = await avif()
    for (let index = 40; index < Math.min(original.byteLength, 2500); index += 3) {
      const damaged = original.slice()
      damaged[index] = (original[index] ?? 0) ^ 0xff
      const storage = new MemoryMediaStorage({
        column: movie.poster,
        allowedExtensions: null,
        imageLimits: null,
        contentCheck: 'off',
      })
      await expect(storage.storeFile('a.avif', damaged)).resolves.toMatch(/^a-/)
      await expect(storage.storeFile('a.avif', original.slice(0, index))).resolves.toMatch(/^a-/)
    }
  })
})

describe('XMP in a file of another type', () => {
  const packet = `<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>${XMP}<?xpacket end="w"?>`

  it.each([
    ['a.gif', bytes('GIF89a', [1, 0, 1, 0, 0, 0, 0], '!\xff\x0bXMP DataXMP', packet, [0], ';')],
    ['a.tiff', bytes('II*\0', [8, 0, 0, 0, 0, 0, 0, 0, 0, 0], 'x'.repeat(65_500), packet)],
  ])('loses the place in %s', async (name, original) => {
    for (const sizes of [[], [1, 2, 3, 65_520, 7, 100]]) {
      const result = await stored(name, original, { sizes })
      for (const mark of LOCATION_KEYS) expect(has(result, mark), mark).toBe(false)
      expect(has(result, 'KEEP-TITLE')).toBe(true)
      expect(result.byteLength).toBe(original.byteLength)
      expect(has(await stored(name, original, { sizes, metadata: 'strip' }), 'KEEP-TITLE')).toBe(false)
    }
  })

  it('is not looked for without end', async () => {
    const begins = bytes('II*\0', [8, 0, 0, 0], '<?xpacket begin='.repeat(100_000))
    const start = process.cpuUsage()
    const result = await stored('a.tif', begins)
    const { user, system } = process.cpuUsage(start)
    printFigure(`${begins.byteLength} bytes of nothing but beginnings of XMP: ${(user + system) / 1000} ms`)
    expect(Buffer.from(result).equals(begins)).toBe(true)
    expect(user + system).toBeLessThan(3_000_000)
  })
})

describe('a stripped document', () => {
  it('is a PDF without the names of people and programs, whose objects stay where they were', async () => {
    const information =
      '/Author (Ada \\) \\( Lovelace (OWNER-ADA)) /Creator<4f574e4552> /Producer (PROGRAM)/Title (KEEP-TITLE)'
    const filler = `%${'x'.repeat(61_300)}\n`
    const original = bytes(
      '%PDF-1.7\n',
      filler,
      `1 0 obj<<${information}>>endobj\n`,
      `<?xpacket begin=""?>${XMP}<?xpacket end="w"?>`,
    )
    for (const sizes of [[], [1, 61_400, 20, 3]]) {
      const result = await stored('a.pdf', original, { metadata: 'strip', sizes })
      for (const mark of [...LOCATION_KEYS, 'Lovelace', 'OWNER-ADA', '4f574e4552', 'PROGRAM'])
        expect(has(result, mark), mark).toBe(false)
      expect(has(result, 'KEEP-TITLE)>>endobj')).toBe(true)
      expect(result.byteLength).toBe(original.byteLength)
    }
    expect(Buffer.from(await stored('a.pdf', original)).equals(original)).toBe(true)
  })

  it('is not searched for ends that do not come', async () => {
    const open = bytes('%PDF-1.7\n', '/Author('.repeat(250_000))
    const start = process.cpuUsage()
    expect(Buffer.from(await stored('a.pdf', open, { metadata: 'strip' })).equals(open)).toBe(true)
    const { user, system } = process.cpuUsage(start)
    printFigure(`${open.byteLength} bytes of nothing but beginnings of strings: ${(user + system) / 1000} ms`)
    expect(user + system).toBeLessThan(5_000_000)
  })

  it('is an MP3 without its tags', async () => {
    const audio = bytes([0xff, 0xfb, 0x90, 0x64], new Uint8Array(150_000).fill(7))
    const tag = bytes('ID3', [3, 0, 0, 0, 0, 1, 72], 'OWNER-ADA'.padEnd(200, '\0'))
    const last = bytes('TAG', 'OWNER-ADA'.padEnd(125, '\0'))
    // Version 2, 100 bytes with its footer, one text; the header is not counted.
    const ape = (flags: number) =>
      bytes('APETAGEX', [208, 7, 0, 0, 100, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, flags], new Uint8Array(8))
    const apeTag = bytes(ape(0xa0), 'OWNER-ADA'.padEnd(68, ' '), ape(0x80))
    for (const sizes of [[], [3, 400, 70_000, 65_536]]) {
      for (const end of [last, apeTag, bytes(apeTag, last), bytes()]) {
        const result = await stored('a.mp3', bytes(tag, audio, end), { metadata: 'strip', sizes })
        expect(Buffer.from(result).equals(audio)).toBe(true)
      }
    }
    const long = bytes(audio, audio, audio, audio, audio)
    expect(Buffer.from(await stored('a.mp3', bytes(long, apeTag), { metadata: 'strip' })).equals(long)).toBe(true)
    const odd = bytes(audio, ape(0x80).fill(0xff, 12, 16))
    expect(Buffer.from(await stored('a.mp3', odd, { metadata: 'strip' })).equals(odd)).toBe(true)
    expect(has(await stored('a.mp3', bytes(tag, audio, last)), 'OWNER-ADA')).toBe(true)
  })
})
