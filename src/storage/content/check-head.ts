import { supportedExtensions } from 'file-type'
import { originalFileName } from '../keys/file-key.ts'
import { getExtension } from '../keys/file-types.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import { hasText } from '../core/bytes.ts'
import type { CheckedFile } from './content-rules.ts'
import { UNKNOWN_CONTENT, describeContent, detectExtension } from './describe-content.ts'
import { FILE_KINDS, hasContentOf } from './file-kinds.ts'
import { limitDimensions } from './image-limits.ts'
import { type BinaryByte, describeBinaryByte, findBinaryByte, firstWords, isText } from './text-content.ts'

/** How much of a file its type is told from, in bytes. */
export const HEAD_SIZE: number = 64 * 1024

/** Extensions of files that are text, whatever it says: HTML in a `.txt` is a text about HTML, and is served as text. */
const TEXT_EXTENSIONS: ReadonlySet<string> = new Set(
  'csv tsv txt text md json jsonl log xml html htm css js mjs yml yaml toml ini vtt srt ics vcf ps'.split(' '),
)

/** What the library calls files that may bear an extension, besides the extension itself. */
const ALSO_CALLED: ReadonlyMap<string, readonly string[]> = new Map([
  ['3gpp', ['3gp']],
  ['aifc', ['aif']],
  ['aiff', ['aif']],
  ['doc', ['cfb', 'rtf']],
  ['docm', ['docx']],
  ['gz', ['tar.gz']],
  ['ico', ['cur']],
  ['m2ts', ['mts']],
  ['midi', ['mid']],
  ['mka', ['mkv', 'webm']],
  ['mkv', ['webm']],
  ['mpeg', ['mpg']],
  ['oga', ['ogg', 'opus', 'spx']],
  ['ogg', ['oga', 'ogv', 'opus', 'spx', 'ogm', 'ogx']],
  ['ogv', ['ogg', 'ogm', 'ogx']],
  ['opus', ['ogg', 'oga']],
  ['ppt', ['cfb']],
  ['pptm', ['pptx']],
  ['tgz', ['tar.gz', 'gz']],
  ['weba', ['webm']],
  ['wma', ['asf']],
  ['wmv', ['asf']],
  ['xls', ['cfb']],
  ['xlsm', ['xlsx']],
])

/** Extensions of which the library knows one meaning, or one form, among others: nothing can be asked of them. */
const AMBIGUOUS: ReadonlySet<string> = new Set('alias dat fbx it pgp reg rm sav stl'.split(' '))

/** Types of the library that may be text throughout. */
const MAY_BE_TEXT: ReadonlySet<string> = new Set(['ar', 'cpio', 'eps'])

/** Web systems export HTML and tab-separated text under the name of an Excel workbook. */
const SAVE_AS_WORKBOOK = 'Open it in a spreadsheet program and save it as a workbook, or name it by what it is.'

/**
 * Refuses a file whose beginning is not that of its type, or which is too large an image.
 *
 * Attack: `holiday.png` is HTML with a script, or a program; or an image of a few kB that takes gigabytes to decode.
 *
 * @param head - the first {@link HEAD_SIZE} bytes, or the whole file when it is shorter
 * @throws {MediaStorageError} `FILE_CONTENT_MISMATCH` or `IMAGE_TOO_LARGE`
 */
export async function checkHead(head: Uint8Array, { fileKey, rules }: CheckedFile): Promise<void> {
  if (rules.contentCheck === 'refuse') await checkType(head, fileKey)
  limitDimensions(head, { fileKey, rules })
}

/** Whether a file is a text by its extension: then all its bytes are to be looked at. */
export function isTextFile(fileKey: string): boolean {
  return TEXT_EXTENSIONS.has(getExtension(fileKey) ?? '')
}

/** The error for a text in which there are bytes that no text has. */
export function notText(fileKey: string, refused: BinaryByte): MediaStorageError {
  return new MediaStorageError(
    'FILE_CONTENT_MISMATCH',
    `${originalFileName(fileKey)} is not a text: ${describeBinaryByte(refused)}.`,
  )
}

async function checkType(head: Uint8Array, fileKey: string): Promise<void> {
  const extension = getExtension(fileKey) ?? ''
  const kind = FILE_KINDS.find(({ extensions }) => extensions.includes(extension))
  if (isTextFile(fileKey)) {
    if (!isText(head) || isOtherDocument(head)) throw await mismatch(head, fileKey, 'a text')
  } else if (kind !== undefined) {
    if (!hasContentOf(kind, head)) throw await mismatch(head, fileKey, kind.name)
  } else if (isKnownExtension(extension)) {
    if (!(await isKnownAs(extension, head))) throw await mismatch(head, fileKey, `a file of the type "${extension}"`)
  }
}

/** Documents whose bytes may all be characters, and that are known by their first ones beyond doubt. */
function isOtherDocument(head: Uint8Array): boolean {
  return /^(?:%PDF-|\{\\rtf)/.test(firstWords(head))
}

function isKnownExtension(extension: string): boolean {
  return !AMBIGUOUS.has(extension) && (supportedExtensions.has(extension) || ALSO_CALLED.has(extension))
}

async function isKnownAs(extension: string, head: Uint8Array): Promise<boolean> {
  const detected = await detectExtension(head)
  if (detected === null) return false
  // An RTF is a text throughout, under whatever name it may bear.
  if (isText(head) && !MAY_BE_TEXT.has(extension) && detected !== 'rtf') return false
  if (detected === extension || ALSO_CALLED.get(extension)?.includes(detected) === true) return true
  // What kind of archive it is may stand behind the beginning; and every such file is a ZIP archive, too.
  const isArchive = hasText(head, 'PK')
  return isArchive && (extension === 'zip' || (detected === 'zip' && head.byteLength >= HEAD_SIZE))
}

async function mismatch(head: Uint8Array, fileKey: string, expected: string): Promise<MediaStorageError> {
  const name = originalFileName(fileKey)
  const found = await describeContent(head)
  const reason =
    head.byteLength === 0
      ? 'it is empty'
      : found === expected
        ? 'its beginning is damaged or cut off'
        : found === UNKNOWN_CONTENT && isTextFile(fileKey)
          ? describeRefusal(head)
          : `its content is ${found}`
  const advice = isText(head) && getExtension(fileKey) === 'xls' ? ` ${SAVE_AS_WORKBOOK}` : ''
  return new MediaStorageError('FILE_CONTENT_MISMATCH', `${name} is not ${expected}: ${reason}.${advice}`)
}

function describeRefusal(head: Uint8Array): string {
  const refused = findBinaryByte(head)
  return refused === null ? `its content is ${UNKNOWN_CONTENT}` : describeBinaryByte(refused)
}
