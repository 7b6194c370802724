import { crc32, deflateSync } from 'node:zlib'

/** A valid PNG of one bit a pixel, all black: its pixels are a thousand times its bytes. */
export function blackPng(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(type: string, content: Buffer): Buffer {
  const chunk = Buffer.alloc(content.byteLength + 12)
  chunk.writeUInt32BE(content.byteLength, 0)
  chunk.write(type, 4, 'latin1')
  content.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.byteLength - 4)
  return chunk
}

/** A GIF whose header says that it is 65,535 pixels wide and high. */
export function hugeGif(): Uint8Array {
  return Buffer.from(
    'GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02L\x01\x00;',
    'latin1',
  )
}

/** Languages in which an image can name files and addresses, under the name of a plain image; `target` is what they name. */
export function disguisedImages(target: string): Record<string, Uint8Array> {
  const texts = {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="${target}" width="9" height="9"/></svg>`,
    entity: `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "${target}">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&x;</text></svg>`,
    mvg: `push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 9,9 "${target}"\npop graphic-context\n`,
    msl: `<?xml version="1.0"?><image><read filename="${target}"/><write filename="/tmp/vitrine-written.png"/></image>`,
    m3u8: `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nconcat:${target}\n#EXT-X-ENDLIST\n`,
    pdf: `%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/URI/URI(${target})>>>>endobj\ntrailer<</Root 1 0 R>>\n`,
    postscript: `%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(${target}) (r) file\n`,
    matlab: `MATLAB 5.0 MAT-file, ${target}`.padEnd(200, ' '),
    vips: `\b\xf2\xa6\xb6${'\x01'.repeat(60)}${target}`,
    asf: `\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c${'\x00'.repeat(64)}`,
    ppm: 'P6 9 9 255\n'.padEnd(300, 'x'),
  }
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text, 'latin1')]))
}

/** A GIF of so many frames on a screen of a million pixels: all together more than can be held. */
export function longGif(frames: number): Uint8Array<ArrayBuffer> {
  const header = Buffer.from('GIF89a\xe8\x03\xe8\x03\x80\x00\x00\xff\x00\x00\x00\x00\xff', 'latin1')
  const frame = Buffer.from(
    '!\xf9\x04\x04\x01\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00',
    'latin1',
  )
  return new Uint8Array(Buffer.concat([header, ...Array.from({ length: frames }, () => frame), Buffer.from(';')]))
}

/** The same in WebP, of a whole image that is repeated; `still` is that, without loss. */
export function longWebp(frames: number, still: Uint8Array, side: number): Uint8Array<ArrayBuffer> {
  // Behind RIFF, its length and WEBP comes the one chunk that a plain image has.
  const photo = still.subarray(12)
  const size = Buffer.from([(side - 1) & 255, (side - 1) >> 8, 0, (side - 1) & 255, (side - 1) >> 8, 0])
  const frame = riffChunk('ANMF', Buffer.concat([Buffer.alloc(6), size, Buffer.from([50, 0, 0, 0]), photo]))
  const content = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    riffChunk('VP8X', Buffer.concat([Buffer.from([2, 0, 0, 0]), size])),
    riffChunk('ANIM', Buffer.alloc(6)),
    ...Array.from({ length: frames }, () => frame),
  ])
  return new Uint8Array(riffChunk('RIFF', content))
}

function riffChunk(type: string, content: Buffer): Buffer {
  const header = Buffer.alloc(8)
  header.write(type, 'latin1')
  header.writeUInt32LE(content.byteLength, 4)
  return Buffer.concat([header, content, Buffer.alloc(content.byteLength % 2)])
}
