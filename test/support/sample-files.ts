/** The first bytes by which files of a type are known, with a little behind them. */
const HEADS: Record<string, string> = {
  jpg: '\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00\x43\x00',
  jpeg: '\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00\x43\x00',
  png: '\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x02\x00\x00\x00\x12\x16\xf1\x4d',
  svg: '<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>',
  mp4: '\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom\x00\x00\x00\x08moov',
  mp3: 'ID3\x03\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x64',
  pdf: '%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n',
  rtf: '{\\rtf1 A synopsis.}',
  tif: 'II*\x00\x08\x00\x00\x00\x00\x00',
}

/**
 * A small file of a type, filled up to `size` bytes. Beginning apart it holds no two equal stretches, so that bytes that
 * are lost, doubled or moved show.
 */
export function sampleFile(extension: string, size?: number): Uint8Array<ArrayBuffer> {
  const beginning = Uint8Array.from(HEADS[extension] ?? 'A plain text.\n', (character) => character.charCodeAt(0))
  const file = new Uint8Array(size ?? beginning.byteLength)
  let state = 1
  for (let index = beginning.byteLength; index < file.byteLength; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    file[index] = state >>> 24
  }
  file.set(beginning.subarray(0, file.byteLength))
  return file
}
