import { getExtension } from './file-types.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'

/** The characters a file name may have unless a storage is told otherwise. */
export const ALLOWED_CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.()'

/** What file names a storage takes. */
export interface FileNameRules {
  /** Lower-case and without the dot; `null` when every extension is allowed. */
  readonly allowedExtensions: readonly string[] | null
  /** `null` when every character is allowed but those that no name may have. */
  readonly allowedCharacters: string | null
}

/** An extension is short and plain even where every extension is allowed: it becomes part of a key and decides a type. */
const EXTENSION = /^[a-z0-9]{1,16}$/

/**
 * Attack: a name with control characters forges headers and log lines, one with a bidirectional override shows
 * `exe.jpg` for `gpj.exe`, one with a slash names a path. They stand in no name, whatever characters are allowed.
 */
const NEVER_ALLOWED =
  /[\u0000-\u001f\u007f-\u009f\u115f\u1160\u2028\u2029\u3164\uffa0\ufffd/\\]|\p{Surrogate}|\p{Format}/u

/** Letters of scripts in which a joiner changes how a word is written, and so what it means. */
const JOINED_LETTER =
  '(?![\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\u115f\\u1160\\u3164\\uffa0])[\\p{Letter}\\p{Mark}]'
const EMOJI = '[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]'

/**
 * A joiner (U+200C, U+200D) that belongs to a word or an emoji: Persian and Indic words and family emoji are others
 * without it. Between Latin letters it is invisible and says nothing, so two names could look alike.
 */
export const PLACED_JOINER: string = `(?<=${JOINED_LETTER}|${EMOJI}\\ufe0f?)[\\u200c\\u200d](?=${JOINED_LETTER}|${EMOJI})`
const JOINERS = new RegExp(PLACED_JOINER, 'gu')

/**
 * Checks a file name; the first rule it breaks decides the error.
 *
 * @throws {MediaStorageError} `INVALID_FILE_NAME`, or `FILE_TYPE_NOT_ALLOWED` for its extension
 */
export function validateFileName(name: string, rules: FileNameRules): void {
  if (name === '') throw invalid('The file has no name: give it one, with an extension.')
  if (name.startsWith('.'))
    throw invalid(`${quote(name)} cannot be stored: a file name may not start with a full stop.`)
  if (name.includes('..'))
    throw invalid(`${quote(name)} cannot be stored: a file name may not contain two full stops in a row.`)

  const refused = findRefusedCharacter(name, rules.allowedCharacters)
  if (refused !== null)
    throw invalid(`${quote(name)} cannot be stored: the character ${getName(refused)} is not allowed in a file name.`)

  const extension = getExtension(name)
  if (extension === null) throw invalid(`${quote(name)} cannot be stored: its name has no extension.`)
  validateExtension(name, extension, rules.allowedExtensions)
}

/** The last part of a path, with either kind of slash: some browsers and clients send the whole path as the name. */
export function lastPathComponent(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

/** @throws {MediaStorageError} `FILE_TYPE_NOT_ALLOWED` */
export function validateExtension(name: string, extension: string, allowed: readonly string[] | null): void {
  if (allowed === null && EXTENSION.test(extension)) return
  if (allowed?.includes(extension)) return
  const known = allowed === null ? 'made of 1 to 16 letters and digits' : `one of ${allowed.join(', ')}`
  throw new MediaStorageError(
    'FILE_TYPE_NOT_ALLOWED',
    `${quote(name)} cannot be stored: the extension ${quote(extension)} is not ${known}.`,
  )
}

/** The first character that no name may have, or that is not among the allowed ones; `null` when there is none. */
export function findRefusedCharacter(name: string, allowed: string | null): string | null {
  const text = name.replace(JOINERS, (joiner) => (allowed === null || allowed.includes(joiner) ? '' : joiner))
  for (const character of text) {
    if (NEVER_ALLOWED.test(character) || (allowed !== null && !allowed.includes(character))) return character
  }
  return null
}

/** A character as a person can read it: itself when it can be seen, else its code point. */
function getName(character: string): string {
  const codePoint = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return /^[\p{Letter}\p{Number}\p{Punctuation}\p{Symbol}]$/u.test(character) ? `"${character}"` : `U+${codePoint}`
}

/** A name for a message: in quotes, on one line, and not longer than a person reads. */
function quote(name: string): string {
  const visible = Array.from(name, (character) =>
    NEVER_ALLOWED.test(character) && character !== '/' && character !== '\\' ? '\ufffd' : character,
  )
  return `"${visible.length > 100 ? `${visible.slice(0, 100).join('')}…` : visible.join('')}"`
}

function invalid(message: string): MediaStorageError {
  return new MediaStorageError('INVALID_FILE_NAME', message)
}
