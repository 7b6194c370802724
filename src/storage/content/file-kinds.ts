import { hasText, toText, toDataView } from '../core/bytes.ts'
import { firstWords, isText } from './text-content.ts'

/** A kind of file that is known by its first bytes. */
export interface FileKind {
  /** As it stands in a sentence: `a PNG image`. */
  readonly name: string
  readonly extensions: readonly string[]
  /** Whether a file that begins like this is one. The beginning is the whole file when that is short. */
  readonly isContent: (head: Uint8Array) => boolean
  /** Whether all its bytes may be those of a text. */
  readonly mayBeText?: boolean
}

/** A PDF may have other bytes before its header, as long as that begins within so many (PDF 1.7, annex H.3.4.1). */
const PDF_HEADER_WITHIN = 1024

const AVIF_BRANDS = ['avif', 'avis']
/** Some of them are in every AVIF, too. */
const HEIF_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

/** Kinds that the library does not know, or less of than their standards allow. */
export const FILE_KINDS: readonly FileKind[] = [
  { name: 'a JPEG image', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'], isContent: isJpeg },
  { name: 'a PNG image', extensions: ['png', 'apng'], isContent: isPng },
  { name: 'a GIF image', extensions: ['gif'], isContent: isGif },
  { name: 'a WebP image', extensions: ['webp'], isContent: isWebp },
  { name: 'a TIFF image', extensions: ['tif', 'tiff'], isContent: isTiff },
  { name: 'a BMP image', extensions: ['bmp'], isContent: isBmp },
  { name: 'an AVIF image', extensions: ['avif'], isContent: (head) => hasBrand(head, AVIF_BRANDS) },
  {
    name: 'an HEIC image',
    extensions: ['heic', 'heif'],
    isContent: (head) => hasBrand(head, HEIF_BRANDS) && !hasBrand(head, AVIF_BRANDS),
  },
  { name: 'an SVG image', extensions: ['svg'], isContent: isSvg, mayBeText: true },
  { name: 'a PDF document', extensions: ['pdf'], isContent: isPdf, mayBeText: true },
  {
    name: 'an RTF document',
    extensions: ['rtf'],
    isContent: (head) => firstWords(head).startsWith('{\\rtf'),
    mayBeText: true,
  },
  { name: 'an MP3 sound', extensions: ['mp3'], isContent: isMp3 },
  { name: 'a WAV sound', extensions: ['wav'], isContent: isWav },
  { name: 'an MP4 or QuickTime file', extensions: ['mp4', 'm4v', 'm4a', 'm4b', 'mov'], isContent: isIsoMedia },
]

/** Whether a file that begins like this is of the kind that an extension says. */
export function isOfKind(extension: string, head: Uint8Array): boolean {
  return FILE_KINDS.some((kind) => kind.extensions.includes(extension) && hasContentOf(kind, head))
}

/**
 * Attack: `<h1>free</h1><script>` begins as a video does, by four letters, and so do other kinds by a few. What has only
 * the bytes of a text is none of them.
 */
export function hasContentOf({ isContent, mayBeText = false }: FileKind, head: Uint8Array): boolean {
  return isContent(head) && (mayBeText || !isText(head))
}

function isJpeg(head: Uint8Array): boolean {
  const [start, soi, mark, marker = 0] = head
  return start === 0xff && soi === 0xd8 && mark === 0xff && marker >= 0xc0 && head.byteLength > 10
}

function isPng(head: Uint8Array): boolean {
  if (!hasText(head, '\x89PNG\r\n\x1a\n') || !hasText(head, 'IHDR', 12) || head.byteLength < 29) return false
  const view = toDataView(head)
  return view.getUint32(8) === 13 && view.getUint32(16) > 0 && view.getUint32(20) > 0
}

function isGif(head: Uint8Array): boolean {
  return (hasText(head, 'GIF87a') || hasText(head, 'GIF89a')) && head.byteLength >= 13
}

function isWebp(head: Uint8Array): boolean {
  if (!hasText(head, 'RIFF') || !hasText(head, 'WEBP', 8) || head.byteLength < 25) return false
  return ['VP8 ', 'VP8L', 'VP8X'].some((chunk) => hasText(head, chunk, 12))
}

/** Also BigTIFF, whose number is 43. */
function isTiff(head: Uint8Array): boolean {
  return ['II*\0', 'II+\0', 'MM\0*', 'MM\0+'].some((mark) => hasText(head, mark)) && head.byteLength >= 8
}

/** Two letters are too little: the size of the header that follows must be one that is in use. */
function isBmp(head: Uint8Array): boolean {
  if (!hasText(head, 'BM') || head.byteLength < 26) return false
  return [12, 16, 40, 52, 56, 64, 108, 124].includes(toDataView(head).getUint32(14, true))
}

/** Before the root there may be a declaration, instructions, comments and a document type. */
const SVG_ROOT =
  /^(?:<\?(?:[^?]|\?(?!>))*\?>|<!--(?:[^-]|-(?!->))*-->|<!doctype svg(?:[^>[]|\[[^\]]*\])*>|\s)*<(?:[\w-]+:)?svg\b/i

function isSvg(head: Uint8Array): boolean {
  return isText(head) && SVG_ROOT.test(firstWords(head, head.byteLength))
}

function isPdf(head: Uint8Array): boolean {
  return toText(head.subarray(0, PDF_HEADER_WITHIN)).includes('%PDF-')
}

/**
 * Tags before the sound may be of any length, a cover among them. Without tags it begins with a frame of layer III; some
 * programs leave zeros before it.
 */
function isMp3(file: Uint8Array): boolean {
  const head = file.subarray(
    Math.max(
      0,
      file.findIndex((byte) => byte !== 0),
    ),
  )
  if (hasText(head, 'APETAGEX')) return head.byteLength >= 32
  if (hasText(head, 'ID3')) {
    const [version = 0, , , ...size] = head.subarray(3, 10)
    return head.byteLength >= 10 && version >= 2 && version <= 4 && size.every((byte) => byte < 0x80)
  }
  return isLayer3Frame(head)
}

function isLayer3Frame([first, second = 0, third = 0]: Uint8Array): boolean {
  const isLayer3 = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08
  return isLayer3 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c
}

/** RF64 and BW64 are the forms beyond 4 GB. */
function isWav(head: Uint8Array): boolean {
  return ['RIFF', 'RF64', 'BW64'].some((form) => hasText(head, form)) && hasText(head, 'WAVE', 8)
}

/** Brands of images in the same container. */
const IMAGE_BRANDS = ['avif', 'avis', 'heic', 'heix', 'hevc', 'hevx', 'mif1', 'msf1', 'crx ']

/** QuickTime of old has no `ftyp`: it begins with one of these. */
const QUICKTIME_ATOMS = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']

function isIsoMedia(head: Uint8Array): boolean {
  if (hasText(head, 'ftyp', 4)) {
    return head.byteLength >= 12 && !IMAGE_BRANDS.some((brand) => hasText(head, brand, 8))
  }
  return QUICKTIME_ATOMS.some((atom) => hasText(head, atom, 4))
}

/** The brands of a file's first box, the major and the compatible ones. */
function hasBrand(head: Uint8Array, brands: readonly string[]): boolean {
  if (!hasText(head, 'ftyp', 4)) return false
  const end = Math.min(toDataView(head).getUint32(0), head.byteLength, 256)
  for (let offset = 8; offset + 4 <= end; offset += 4) {
    if (offset !== 12 && brands.some((brand) => hasText(head, brand, offset))) return true
  }
  return false
}
