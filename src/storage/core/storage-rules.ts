import { ALLOWED_CHARACTERS } from '../keys/file-name.ts'
import { ALLOWED_EXTENSIONS } from '../keys/file-types.ts'

/** Lower-case and without a dot; `null` for all. */
export function normaliseExtensions(extensions: readonly string[] | null | undefined): readonly string[] | null {
  if (extensions === null) return null
  return (extensions ?? ALLOWED_EXTENSIONS).map((extension) => extension.toLowerCase().replace(/^\./, ''))
}

/** As one text; `null` for all. */
export function normaliseCharacters(characters: string | readonly string[] | null | undefined): string | null {
  if (characters === null) return null
  if (characters === undefined) return ALLOWED_CHARACTERS
  return typeof characters === 'string' ? characters : characters.join('')
}
