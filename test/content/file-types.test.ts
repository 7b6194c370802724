import { expect, it } from 'vitest'
import { MediaStorageError } from 'vitrine/storage'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { movie } from '../storage/media-tables.ts'
import { printFigure } from '../storage/print-figure.ts'
import { bytes, genuineFiles } from './sample-content.ts'

const storage = new MemoryMediaStorage({ column: movie.poster })
const anything = new MemoryMediaStorage({ column: movie.poster, allowedExtensions: null })

const genuine = await genuineFiles()

async function outcome(name: string, content: Uint8Array<ArrayBuffer>, into = storage): Promise<string> {
  try {
    await into.storeFile(name, new Blob([content]))
    return 'stored'
  } catch (error) {
    if (error instanceof MediaStorageError) return `${error.code}: ${error.message}`
    throw error
  }
}

it('takes every genuine file, plain or at the edge of its type', async () => {
  const refused: string[] = []
  for (const [name, content] of genuine) {
    const result = await outcome(name, content)
    if (result !== 'stored') refused.push(result)
  }
  printFigure(`${refused.length} false rejects of ${genuine.length} genuine files`)
  expect(refused).toEqual([])
})

/** Extensions that mean the same, or that are all text. */
const FAMILIES = ['jpg jpeg', 'mp4 mov', 'txt csv tsv']
const EXTENSIONS = 'mp3 wav csv tsv pdf gif jpeg jpg png svg tif webp rtf txt mov mp4 webm'.split(' ')

it('refuses every file under the extension of another type', async () => {
  const stored: string[] = []
  let tried = 0
  for (const [name, content] of genuine) {
    const own = name.split('.').at(-1)?.toLowerCase() ?? ''
    const family = FAMILIES.find((extensions) => extensions.split(' ').includes(own)) ?? own
    // What is written in an SVG is a text, too.
    const alike = own === 'svg' ? 'svg txt csv tsv' : family
    for (const extension of EXTENSIONS.filter((other) => !alike.split(' ').includes(other))) {
      tried += 1
      if ((await outcome(`file.${extension}`, content)) === 'stored') stored.push(`${name} as ${extension}`)
    }
  }
  printFigure(`${stored.length} false accepts of ${tried} files under another type's extension`)
  expect(stored).toEqual([])
})

const PROGRAM = bytes('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0', new Uint8Array(100))
const ELF = bytes('\x7fELF\x02\x01\x01', new Uint8Array(60))
const ZIP = bytes('PK\x03\x04\x14\0\0\0\0\0', new Uint8Array(16), [1, 0, 0, 0], 'a')

it.each<[name: string, content: Uint8Array<ArrayBuffer>, message: string]>([
  [
    'holiday.png',
    bytes('<!doctype html><script>alert(1)</script>'),
    'holiday.png is not a PNG image: its content is HTML.',
  ],
  ['holiday.png', bytes('  \n<HTML><body onload=alert(1)>'), 'holiday.png is not a PNG image: its content is HTML.'],
  ['holiday.png', bytes('\xef\xbb\xbf<html>'), 'holiday.png is not a PNG image: its content is HTML.'],
  ['holiday.jpg', bytes('<?php system($_GET[0]); ?>'), 'holiday.jpg is not a JPEG image: its content is a PHP script.'],
  ['holiday.gif', bytes('alert(document.cookie)'), 'holiday.gif is not a GIF image: its content is plain text.'],
  ['holiday.webp', bytes('#!/bin/sh\nrm -rf /'), 'holiday.webp is not a WebP image: its content is a script.'],
  ['holiday.png', bytes('<svg onload="alert(1)"/>'), 'holiday.png is not a PNG image: its content is an SVG image.'],
  ['holiday.png', bytes('<?xml version="1.0"?><a/>'), 'holiday.png is not a PNG image: its content is XML.'],
  ['holiday.png', PROGRAM, 'holiday.png is not a PNG image: its content is a Windows program.'],
  ['holiday.jpg', ELF, 'holiday.jpg is not a JPEG image: its content is a Linux program.'],
  ['holiday.jpg', ZIP, 'holiday.jpg is not a JPEG image: its content is a ZIP archive.'],
  ['holiday.jpg', bytes('%PDF-1.7\n'), 'holiday.jpg is not a JPEG image: its content is a PDF document.'],
  [
    'holiday.jpg',
    bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0'),
    'holiday.jpg is not a JPEG image: its content is a PNG image.',
  ],
  [
    'holiday.png',
    bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01'),
    'holiday.png is not a PNG image: its beginning is damaged or cut off.',
  ],
  [
    'holiday.png',
    bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\x01\x08\x02\0\0\0'),
    'holiday.png is not a PNG image: its beginning is damaged or cut off.',
  ],
  ['holiday.jpg', bytes('\xff\xd8\xff'), 'holiday.jpg is not a JPEG image: its content is plain text.'],
  ['holiday.gif', bytes('GIF89a'), 'holiday.gif is not a GIF image: its content is plain text.'],
  ['holiday.png', bytes(''), 'holiday.png is not a PNG image: it is empty.'],
  [
    'song.mp3',
    bytes('\xff\xf1\x50\x80\x02\x1f\xfc'),
    'song.mp3 is not an MP3 sound: its content is a file of the type "aac".',
  ],
  [
    'film.webm',
    bytes([0x1a, 0x45, 0xdf, 0xa3, 0x8b, 0x42, 0x82, 0x88], 'matroska'),
    'film.webm is not a file of the type "webm": its content is a file of the type "mkv".',
  ],
  [
    'film.mp4',
    bytes([0, 0, 0, 20], 'ftypavif', [0, 0, 0, 0], 'mif1'),
    'film.mp4 is not an MP4 or QuickTime file: its content is an AVIF image.',
  ],
  ['notes.txt', bytes('A text\0with a NUL'), 'notes.txt is not a text: it has the control character 00 at byte 6.'],
  ['notes.txt', bytes('a\x1ab'), 'notes.txt is not a text: it has the control character 1A at byte 1.'],
  ['notes.csv', bytes('a,b\r\n\x1a\x1a'), 'notes.csv is not a text: it has the control character 1A at byte 5.'],
  ['notes.txt', ZIP, 'notes.txt is not a text: its content is a ZIP archive.'],
  ['notes.txt', bytes('%PDF-1.4 of characters alone'), 'notes.txt is not a text: its content is a PDF document.'],
  ['notes.csv', bytes('{\\rtf1 A synopsis.}'), 'notes.csv is not a text: its content is an RTF document.'],
  [
    'notes.txt',
    bytes([0xfe, 0xff], '\0A\0\x01'),
    'notes.txt is not a text: it has the control character 01 at byte 4.',
  ],
])('refuses %s with content of another type (%#)', async (name, content, message) => {
  expect(await outcome(name, content)).toBe(`FILE_CONTENT_MISMATCH: ${message}`)
})

it('refuses a text with a binary byte far behind its beginning, also when chunks are of one byte', async () => {
  async function* letters(last: number) {
    yield new Uint8Array(200_000).fill(0x61)
    for (let index = 0; index < 100; index += 1) yield Uint8Array.of(0x0a)
    yield Uint8Array.of(last)
  }
  await expect(storage.storeFile('a.txt', letters(0x1f))).rejects.toThrow(
    'a.txt is not a text: it has the control character 1F at byte 200100.',
  )
  await expect(storage.storeFile('a.txt', letters(0x20))).resolves.toMatch(/^a-.*\.txt$/)
})

it('takes a vertical tab anywhere in a text, and the end mark of DOS behind it', async () => {
  expect(await outcome('a.csv', bytes('Name,Notes\r\nJane,"line one\x0bline two"\r\n'))).toBe('stored')
  expect(await outcome('a.csv', bytes('a,b\r\n1,2\r\n\x1a'))).toBe('stored')
  expect(await outcome('a.txt', bytes([0xff, 0xfe], 'a\0\x1a\0'))).toBe('stored')
  async function* parts() {
    yield new Uint8Array(70_000).fill(0x61)
    yield Uint8Array.of(0x1a)
    yield Uint8Array.of(0x61)
  }
  await expect(storage.storeFile('a.txt', parts())).rejects.toThrow('the control character 1A at byte 70000.')
})

it('takes RTF under the name of a Word document, and says what to do with a text under that of a workbook', async () => {
  expect(
    await outcome('a.doc', bytes('{\\rtf1\\ansi\\deff0 {\\fonttbl {\\f0 Arial;}}\\f0 Hello\\par}'), anything),
  ).toBe('stored')
  expect(await outcome('a.doc', bytes('<html><body>Hello'), anything)).toMatch(/its content is HTML\.$/)
  const advice = 'Open it in a spreadsheet program and save it as a workbook, or name it by what it is.'
  expect(await outcome('a.xls', bytes('<html><table></table></html>'), anything)).toBe(
    `FILE_CONTENT_MISMATCH: a.xls is not a file of the type "xls": its content is HTML. ${advice}`,
  )
  expect(await outcome('a.xls', bytes('a\tb\n1\t2\n'), anything)).toBe(
    `FILE_CONTENT_MISMATCH: a.xls is not a file of the type "xls": its content is plain text. ${advice}`,
  )
})

it('keeps nothing of what it refused', async () => {
  const empty = new MemoryMediaStorage({ column: movie.poster })
  await outcome('holiday.png', bytes('<html>'), empty)
  for await (const key of empty.getFileKeys()) expect.unreachable(key)
})

it('knows further types by the library, and takes any content under an extension that nobody knows', async () => {
  expect(await outcome('a.zip', ZIP, anything)).toBe('stored')
  expect(await outcome('a.docx', ZIP, anything)).toBe(
    'FILE_CONTENT_MISMATCH: a.docx is not a file of the type "docx": its content is a ZIP archive.',
  )
  expect(await outcome('a.flac', bytes('fLaC\0\0\0\x22'), anything)).toBe('stored')
  expect(await outcome('a.flac', bytes('OggS'), anything)).toMatch(/^FILE_CONTENT_MISMATCH/)
  expect(await outcome('a.bmp', bytes('BMW cars are fast and good'), anything)).toMatch(/its content is plain text\.$/)
  expect(await outcome('a.md', bytes('# Title\n<b>bold</b>'), anything)).toBe('stored')
  expect(await outcome('a.mysterious', bytes('<html>\0'), anything)).toBe('stored')
})

/** The few letters that a type is known by, with a page behind them. */
const SCRIPT = '<script>alert(1)</script>'.repeat(4)
const TEXTS_IN_DISGUISE: readonly [extension: string, beginning: string][] = [
  ['mp4', '<h1>free</h1>'],
  ['mov', '<p> moov'],
  ['mov', '<!--mdat-->'],
  ['m4a', '    wide'],
  ['m4v', '<!--ftypisom-->'],
  ['avif', '<!--ftypavif-->'],
  ['heic', '<!--ftypmif1-->'],
  ['gif', 'GIF89a/*'],
  ['jpg', '\xff\xd8\xff\xe0'],
  ['mp3', '\xff\xfb\x90\x44'],
  ['wav', 'RIFF<!--WAVE-->'],
  ['webp', 'RIFF<!--WEBPVP8 -->'],
  ['aac', '\xff\xf1\x50\x80'],
  ['flac', 'fLaC'],
  ['oga', 'fLaC'],
  ['ogg', `OggS<!--${' '.repeat(60)}-->`],
  ['psd', '8BPS'],
]

it('takes no text for a film, a sound or a picture, whatever letters it begins with', async () => {
  const stored: string[] = []
  for (const [extension, beginning] of TEXTS_IN_DISGUISE) {
    const result = await outcome(`file.${extension}`, bytes(beginning, SCRIPT), anything)
    if (!result.startsWith('FILE_CONTENT_MISMATCH')) stored.push(`${beginning} as ${extension}: ${result}`)
  }
  printFigure(`${stored.length} false accepts of ${TEXTS_IN_DISGUISE.length} texts in disguise`)
  expect(stored).toEqual([])
})

const AVIF = bytes([0, 0, 0, 28], 'ftypavif', [0, 0, 0, 0], 'avifmif1miaf')

it.each<[name: string, content: Uint8Array<ArrayBuffer>, expected: string]>([
  // Names that several types share, and types of which the library knows one form.
  ['part.stl', bytes(new Uint8Array(80), [1, 0, 0, 0], new Uint8Array(50)), 'stored'],
  ['table.dat', bytes('1 2 3\n'), 'stored'],
  ['code.ts', bytes('const a: number = 1\n'), 'stored'],
  ['film.ts', bytes([0x47, 0x40, 0, 0x10], new Uint8Array(184), [0x47, 0x40, 0, 0x10]), 'stored'],
  [
    'of-1987.bmp',
    bytes('BM', [100, 0, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0, 12, 0, 0, 0, 120, 0, 80, 0, 1, 0, 24, 0]),
    'stored',
  ],
  [
    'of-1987.bmp',
    bytes('BM', [100, 0, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0, 12, 0, 0, 0, 0x60, 0xea, 0x60, 0xea, 1, 0, 24, 0]),
    'IMAGE_TOO_LARGE: of-1987.bmp is too large a picture: it has 60000 × 60000 pixels, and at most 100 million are allowed.',
  ],
  ['sound.aiff', bytes('FORM', [0, 0, 0, 4], 'AIFF'), 'stored'],
  [
    'sound.aiff',
    bytes('<html>'),
    'FILE_CONTENT_MISMATCH: sound.aiff is not a file of the type "aiff": its content is HTML.',
  ],
  [
    'letter.doc',
    PROGRAM,
    'FILE_CONTENT_MISMATCH: letter.doc is not a file of the type "doc": its content is a Windows program.',
  ],
  ['photo.avif', AVIF, 'stored'],
  ['photo.heic', AVIF, 'FILE_CONTENT_MISMATCH: photo.heic is not an HEIC image: its content is an AVIF image.'],
])('%s among all extensions (%#)', async (name, content, expected) => {
  expect(await outcome(name, content, anything)).toBe(expected)
})

it('takes every content when it is told to, and imports files as they are', async () => {
  const careless = new MemoryMediaStorage({ column: movie.poster, contentCheck: 'off' })
  expect(await outcome('holiday.png', bytes('<html>'), careless)).toBe('stored')
  const key = 'old-3beac950-7721-46c9-9e7d-5e908ef51011.png'
  await storage.importFile(key, bytes('<html>'))
  expect(await (await storage.getFile(key))?.text()).toBe('<html>')
})
