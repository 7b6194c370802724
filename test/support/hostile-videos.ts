/** A box of an ISO video (ISO/IEC 14496-12, section 4.2). */
function box(type: string, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const header = Buffer.alloc(8)
  header.writeUInt32BE(content.byteLength + 8)
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, content])
}

/** The same with a version and flags. */
function fullBox(type: string, flags: number, ...contents: Uint8Array[]): Buffer {
  return box(type, uint32(flags), ...contents)
}

function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4))
  return bytes
}

const text = (content: string) => Buffer.from(content, 'latin1')

const MATRIX = uint32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)

/** A video in QuickTime's form whose images are in another file, of which its tables tell the address or the path. */
function referringMovie(dataReference: Uint8Array): Buffer {
  const entry = box(
    'jpeg',
    uint32(0, 1, 0, 0, 0, 0),
    Buffer.from([0, 16, 0, 16]),
    uint32(0x480000, 0x480000, 0),
    Buffer.alloc(38),
  )
  const table = box(
    'stbl',
    fullBox('stsd', 0, uint32(1), entry),
    fullBox('stts', 0, uint32(1, 1, 1000)),
    fullBox('stsc', 0, uint32(1, 1, 1, 1)),
    fullBox('stsz', 0, uint32(0, 1, 500)),
    fullBox('stco', 0, uint32(1, 0)),
  )
  const handler = (component: string, type: string) =>
    fullBox('hdlr', 0, text(`${component}${type}`), uint32(0, 0, 0), Buffer.from([0]))
  const references = box('dinf', fullBox('dref', 0, uint32(1), dataReference))
  const media = box(
    'mdia',
    fullBox('mdhd', 0, uint32(0, 0, 1000, 1000, 0)),
    handler('mhlr', 'vide'),
    box('minf', fullBox('vmhd', 1, uint32(0, 0)), handler('dhlr', 'alis'), references, table),
  )
  const header = fullBox('tkhd', 7, uint32(0, 0, 1, 0, 1000, 0, 0, 0, 0), MATRIX, uint32(16 << 16, 16 << 16))
  const movieHeader = fullBox(
    'mvhd',
    0,
    uint32(0, 0, 1000, 1000, 0x10000, 0x1000000, 0, 0),
    MATRIX,
    uint32(0, 0, 0, 0, 0, 0, 2),
  )
  return Buffer.concat([
    box('ftyp', text('qt  '), uint32(0), text('qt  ')),
    box('moov', movieHeader, box('trak', header, media)),
  ])
}

/** The path of another file as an old Macintosh tells it (QuickTime File Format, alias records). */
function alias(path: string): Buffer {
  const tagged = Buffer.concat([Buffer.from([0, 2]), Buffer.from([path.length >> 8, path.length & 255]), text(path)])
  const padding = Buffer.alloc(tagged.byteLength % 2)
  const record = Buffer.concat([Buffer.alloc(150), tagged, padding, Buffer.from([255, 255, 0, 0])])
  return fullBox('alis', 0, record)
}

/**
 * What ffmpeg could be made to read files and addresses by, under the name of a video; `target` is the address or path that
 * it names.
 */
export function hostileVideos(target: string): Record<string, Uint8Array<ArrayBuffer>> {
  const path = target.replace('file://', '')
  const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n${target}\n#EXT-X-ENDLIST\n`
  const videos: Record<string, Uint8Array> = {
    'playlist.mp4': text(playlist),
    'concatenating-playlist.mp4': text(
      `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nconcat:${target}|${target}\n#EXT-X-ENDLIST\n`,
    ),
    'playlist-behind-a-film.mp4': Buffer.concat([box('ftyp', text('isom'), uint32(0)), text(playlist)]),
    'playlist-in-a-box.mov': Buffer.concat([box('ftyp', text('qt  '), uint32(0)), box('mdat', text(playlist))]),
    'script.mp4': text(`ffconcat version 1.0\nfile '${target}'\n`),
    'manifest.mp4': text(
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>${target}</BaseURL></MPD>`,
    ),
    'session.mp4': text(
      `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nu=${target}\nm=video 5004 RTP/AVP 96\n`,
    ),
    'referring.mov': referringMovie(fullBox('url ', 0, text(`${target}\0`))),
    'referring-by-alias.mov': referringMovie(alias(path)),
    'playlist.webm': text(playlist),
    'playlist-behind-matroska.webm': Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80]), text(playlist)]),
    'garbage.webm': Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.alloc(4000, 0xff)]),
    'endless-box.mp4': Buffer.concat([
      box('ftyp', text('isom'), uint32(0)),
      uint32(1),
      text('moov'),
      uint32(0xffffffff, 0xffffffff),
    ]),
    'many-boxes.mp4': Buffer.concat([
      box('ftyp', text('isom'), uint32(0)),
      ...Array.from({ length: 50_000 }, () => box('free')),
    ]),
  }
  return Object.fromEntries(Object.entries(videos).map(([name, content]) => [name, new Uint8Array(content)]))
}
