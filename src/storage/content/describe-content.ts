import { fileTypeFromBuffer } from 'file-type'
import { FILE_KINDS, hasContentOf } from './file-kinds.ts'
import { firstWords, isText } from './text-content.ts'

/** What the library calls its finds, where the extension alone would say too little. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['7z', 'a 7-Zip archive'],
  ['elf', 'a Linux program'],
  ['exe', 'a Windows program'],
  ['gz', 'a gzip archive'],
  ['jar', 'a Java archive'],
  ['macho', 'a macOS program'],
  ['rar', 'a RAR archive'],
  ['swf', 'a Flash film'],
  ['tar', 'a tar archive'],
  ['zip', 'a ZIP archive'],
])

/** Texts that are known by their first words, in the order in which they are tried. */
const TEXTS: readonly [beginning: RegExp, name: string][] = [
  [/^<\?php/i, 'a PHP script'],
  [/^<!doctype html|^<(?:html|head|body|script|iframe|div|p|img|a|style|meta|title|h1)\b/i, 'HTML'],
  [/^<\?xml|^<[a-z][\w:.-]*[\s/>]/i, 'XML'],
  [/^#!/, 'a script'],
]

/** What a file is said to hold that is like nothing known. */
export const UNKNOWN_CONTENT = 'of no known type'

/** What the beginning of a file shows it to be, as it stands in a sentence. */
export async function describeContent(head: Uint8Array): Promise<string> {
  const kind = FILE_KINDS.find((candidate) => hasContentOf(candidate, head))?.name
  if (isText(head)) return kind ?? describeText(firstWords(head))
  // The library first: it tells videos from sounds, and images of cameras from other TIFFs.
  const extension = await detectExtension(head)
  return (extension === null ? kind : getName(extension)) ?? UNKNOWN_CONTENT
}

function describeText(words: string): string {
  return TEXTS.find(([beginning]) => beginning.test(words))?.[1] ?? 'plain text'
}

/** What the library takes it for; `null` when it knows nothing like it. */
export async function detectExtension(head: Uint8Array): Promise<string | null> {
  return (await fileTypeFromBuffer(head))?.ext ?? null
}

function getName(extension: string): string {
  const kind = FILE_KINDS.find(({ extensions }) => extensions[0] === extension)
  return kind?.name ?? NAMES.get(extension) ?? `a file of the type "${extension}"`
}
