import sharp, { type Sharp } from 'sharp'

/** Characters below 256 as bytes. */
export function bytes(...parts: (string | readonly number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? Array.from(part, (character) => character.charCodeAt(0)) : [...part],
    ),
  )
}

/** An image of 8 by 6 pixels in which no two are alike. */
export function sampleImage(): Sharp {
  const pixels = Uint8Array.from({ length: 8 * 6 * 3 }, (_, index) => (index * 37) % 256)
  return sharp(pixels, { raw: { width: 8, height: 6, channels: 3 } })
}

async function encoded(image: Sharp): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await image.toBuffer())
}

const FRAMES = sharp(
  Uint8Array.from({ length: 8 * 12 * 3 }, (_, index) => (index * 53) % 256),
  {
    raw: { width: 8, height: 12, channels: 3, pageHeight: 6 },
  },
)

const WAV_FORMAT = [1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0]
const MP3_FRAME = [0xff, 0xfb, 0x90, 0x64, ...new Uint8Array(413)]
const ebml = (docType: string) =>
  bytes([0x1a, 0x45, 0xdf, 0xa3, 0x83 + docType.length, 0x42, 0x82, 0x80 + docType.length], docType)
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><rect width="1" height="1"/></svg>'
const PDF = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'

/** Genuine files, plain and at the edge of what their types allow: extension, what is special, bytes. */
export async function genuineFiles(): Promise<[name: string, content: Uint8Array<ArrayBuffer>][]> {
  const one = sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
  const jpeg = await encoded(sampleImage().jpeg())
  const gif = await encoded(sampleImage().gif())
  return [
    ['plain.jpg', jpeg],
    ['plain.jpeg', jpeg],
    ['upper.JPG', jpeg],
    ['progressive.jpg', await encoded(sampleImage().jpeg({ progressive: true }))],
    ['grey.jpg', await encoded(sampleImage().greyscale().jpeg())],
    [
      'with-metadata.jpg',
      await encoded(
        sampleImage()
          .withExif({ IFD0: { Artist: '<script>alert(1)</script>' } })
          .jpeg(),
      ),
    ],
    ['trailing-bytes.jpg', bytes(jpeg, 'more')],
    ['one-pixel.jpg', await encoded(one.clone().jpeg())],
    ['plain.png', await encoded(sampleImage().png())],
    ['Upper.PNG', await encoded(sampleImage().png())],
    ['interlaced.png', await encoded(sampleImage().png({ progressive: true }))],
    ['palette.png', await encoded(sampleImage().png({ palette: true }))],
    ['one-pixel.png', await encoded(one.clone().png())],
    ['plain.gif', gif],
    ['of-1987.gif', bytes('GIF87a', gif.subarray(6))],
    ['animated.gif', await encoded(FRAMES.clone().gif())],
    ['plain.webp', await encoded(sampleImage().webp())],
    ['lossless.webp', await encoded(sampleImage().webp({ lossless: true }))],
    ['animated.webp', await encoded(FRAMES.clone().webp())],
    [
      'with-metadata.webp',
      await encoded(
        sampleImage()
          .withExif({ IFD0: { Artist: 'Ada' } })
          .webp(),
      ),
    ],
    ['plain.tif', await encoded(sampleImage().tiff())],
    ['big.tif', await encoded(sampleImage().tiff({ bigtiff: true }))],
    ['big-endian.tif', bytes('MM\0*', [0, 0, 0, 8, 0, 0])],
    ['plain.svg', bytes(SVG)],
    ['with-declaration.svg', bytes('\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n', SVG)],
    ['with-instructions.svg', bytes('<?xml version="1.0"?>\n<?made by="hand > foot"?><?xpacket x?>', SVG)],
    ['plain.pdf', bytes(PDF)],
    ['late-header.pdf', bytes(' '.repeat(1000), PDF)],
    ['with-mark.pdf', bytes('\xef\xbb\xbf', PDF)],
    ['plain.mp3', bytes(MP3_FRAME, MP3_FRAME)],
    ['without-checksum.mp3', bytes([0xff, 0xfa], MP3_FRAME.slice(2), MP3_FRAME)],
    ['low-rate.mp3', bytes([0xff, 0xf3], MP3_FRAME.slice(2), MP3_FRAME)],
    ['tags.mp3', bytes('ID3', [3, 0, 0, 0, 0, 0, 16], new Uint8Array(16), MP3_FRAME)],
    ['late.mp3', bytes(new Uint8Array(500), MP3_FRAME)],
    ['tags-of-ape.mp3', bytes('APETAGEX', [208, 7, 0, 0, 32, 0, 0, 0], new Uint8Array(48), MP3_FRAME)],
    ['big-cover.mp3', bytes('ID3', [4, 0, 0, 0, 12, 0, 0], new Uint8Array(196_608), MP3_FRAME)],
    ['plain.wav', bytes('RIFF', [38, 0, 0, 0], 'WAVEfmt ', [16, 0, 0, 0], WAV_FORMAT, 'data', [2, 0, 0, 0, 1, 2])],
    ['beyond-4-gb.wav', bytes('RF64', [255, 255, 255, 255], 'WAVEds64', new Uint8Array(28))],
    ['plain.mp4', bytes([0, 0, 0, 24], 'ftypmp42', [0, 0, 0, 0], 'mp42isom', [0, 0, 0, 8], 'moov')],
    ['iso.mp4', bytes([0, 0, 0, 20], 'ftypisom', [0, 0, 2, 0], 'iso2', [0, 0, 0, 8], 'mdat')],
    ['of-a-phone.mp4', bytes([0, 0, 0, 20], 'ftypM4V ', [0, 0, 2, 0], 'M4V ', [0, 0, 0, 8], 'moov')],
    ['quicktime-brand.mp4', bytes([0, 0, 0, 20], 'ftypqt  ', [0, 0, 2, 0], 'qt  ', [0, 0, 0, 8], 'moov')],
    ['plain.mov', bytes([0, 0, 0, 20], 'ftypqt  ', [0, 0, 2, 0], 'qt  ', [0, 0, 0, 8], 'moov')],
    ['of-old.mov', bytes([0, 0, 0, 8], 'wide', [0, 0, 0, 8], 'mdat')],
    ['film-first.mov', bytes([0, 0, 0, 8], 'moov', [0, 0, 0, 8], 'mdat')],
    ['plain.webm', bytes(ebml('webm'), [0x18, 0x53, 0x80, 0x67, 0x80])],
    ['plain.rtf', bytes('{\\rtf1\\ansi A synopsis.}')],
    ['plain.txt', bytes('A plain text.\n')],
    ['empty.txt', bytes('')],
    ['one-letter.txt', bytes('a')],
    ['like-a-bitmap.txt', bytes('BMW and MZ and GIF and PK are letters.')],
    ['like-a-sound.txt', bytes('ID3 is a tag.')],
    ['about-html.txt', bytes('<!doctype html><script>alert(1)</script>')],
    ['utf-8.txt', new TextEncoder().encode('Žluťoučký kůň, 映画, 🎬')],
    ['utf-8-mark.txt', new TextEncoder().encode('\ufeffŽluťoučký kůň')],
    ['latin-1.txt', bytes('\xc9t\xe9 \xe0 N\xeemes')],
    ['utf-16.txt', bytes([0xff, 0xfe], 'A\0b\0\n\0', [0x6f, 0x01])],
    ['utf-16-big-endian.txt', bytes([0xfe, 0xff], '\0A\0b\0\n', [0x01, 0x6f])],
    ['escape.txt', bytes('\x1b$B%F%9%H\x1b(B')],
    ['plain.csv', bytes('title,gross\n"A, B",1\n')],
    ['markup.csv', bytes('<img src=x onerror=alert(1)>,=cmd|calc\n')],
    ['empty.csv', bytes('')],
    ['plain.tsv', bytes('title\tgross\r\nA\t1\r\n')],
  ]
}
