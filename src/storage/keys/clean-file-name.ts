import anyAscii from 'any-ascii'
import { type FileNameRules, PLACED_JOINER, findRefusedCharacter, lastPathComponent } from './file-name.ts'

/** Stands for what has no plain form; the first of them that the rules allow. */
const REPLACEMENTS = ['-', '_', '']

/** The stem of a name of which nothing is left that a person would recognise. */
const FALLBACK_STEM = 'file'

const FORMAT_CHARACTER = new RegExp(`(${PLACED_JOINER})|\\p{Format}`, 'gu')

/**
 * Makes a name that breaks the rules on characters and full stops into one that keeps them: letters of every script are
 * transliterated, what has no plain form becomes a hyphen, invisible characters go, and a name of which nothing is left
 * becomes `file`. `Été à Nîmes?.JPG` becomes `Ete a Nimes-.JPG`, `Wait... фото.jpg` becomes `Wait. foto.jpg`. A name that
 * starts with a full stop stays as it is, and so is refused. Cleaning a cleaned name changes nothing.
 */
export function cleanFileName(name: string, rules: FileNameRules): string {
  const component = lastPathComponent(name)
  if (component.startsWith('.')) return component
  const trimmed = component.replace(/[\s.\p{Format}]+$/u, '')
  const dot = trimmed.lastIndexOf('.')
  if (dot < 0) return trimmed.trim()
  const extension = trimmed.slice(dot + 1).replace(/\p{Format}/gu, '')
  return `${cleanStem(trimmed.slice(0, dot), rules)}.${extension}`
}

function cleanStem(stem: string, rules: FileNameRules): string {
  const cleaned = cleanCharacters(stem, rules)
    .replace(/\.{2,}/g, '.')
    .replace(/^[\s.]+|\.+$/g, '')
  if (cleaned === stem && stem !== '') return stem
  return /[\p{Letter}\p{Number}\p{Symbol}]/u.test(cleaned) ? cleaned : FALLBACK_STEM
}

function cleanCharacters(text: string, { allowedCharacters }: FileNameRules): string {
  if (findRefusedCharacter(text, allowedCharacters) === null) return text
  const isAllowed = (character: string) => findRefusedCharacter(character, allowedCharacters) === null
  const replacement = REPLACEMENTS.find(isAllowed) ?? ''
  const plain = Array.from(text.normalize('NFC'), (character) =>
    isAllowed(character) || /\p{Format}/u.test(character) ? character : transliterate(character),
  ).join('')
  return Array.from(plain, (character) =>
    isAllowed(character) || /\p{Format}/u.test(character) ? character : replacement,
  )
    .join('')
    .replace(FORMAT_CHARACTER, (character, joiner?: string) =>
      joiner !== undefined && (allowedCharacters?.includes(character) ?? true) ? character : '',
    )
    .replace(/-{2,}/g, '-')
}

/** The character in plain letters. Signs keep to their compatibility form: `:clapper:` says less of 🎬 than a hyphen. */
function transliterate(character: string): string {
  const isLetter = /[\p{Letter}\p{Number}\p{Mark}]/u.test(character)
  const plain = isLetter ? anyAscii(character).replace(/['`]/g, '') : character.normalize('NFKD')
  // An ellipsis decomposes into full stops, of which a name may not have two in a row.
  return plain.replace(/\p{Mark}/gu, '').replaceAll('.', '-')
}
