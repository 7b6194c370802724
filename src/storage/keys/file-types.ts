/** Extensions of sound files. */
export const AUDIO_EXTENSIONS: readonly string[] = ['mp3', 'wav']
/** Extensions of tabular data. */
export const DATA_EXTENSIONS: readonly string[] = ['csv', 'tsv']
/** Extensions of documents. */
export const DOCUMENT_EXTENSIONS: readonly string[] = ['pdf']
/** Extensions of images. */
export const IMAGE_EXTENSIONS: readonly string[] = ['gif', 'jpeg', 'jpg', 'png', 'svg', 'tif', 'webp']
/** Extensions of texts. */
export const TEXT_EXTENSIONS: readonly string[] = ['rtf', 'txt']
/** Extensions of videos. */
export const VIDEO_EXTENSIONS: readonly string[] = ['mov', 'mp4', 'webm']

/** The extensions a storage accepts unless it is told otherwise. */
export const ALLOWED_EXTENSIONS: readonly string[] = [
  ...AUDIO_EXTENSIONS,
  ...DATA_EXTENSIONS,
  ...DOCUMENT_EXTENSIONS,
  ...IMAGE_EXTENSIONS,
  ...TEXT_EXTENSIONS,
  ...VIDEO_EXTENSIONS,
]

/** What a file is served as when its extension says nothing we know: browsers download it and guess no further. */
export const UNKNOWN_CONTENT_TYPE = 'application/octet-stream'

/** Media types as IANA registers them, by extension. Text types name their charset, so that no browser guesses one. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['aac', 'audio/aac'],
  ['avif', 'image/avif'],
  ['bmp', 'image/bmp'],
  ['csv', 'text/csv; charset=utf-8'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['epub', 'application/epub+zip'],
  ['flac', 'audio/flac'],
  ['gif', 'image/gif'],
  ['gz', 'application/gzip'],
  ['heic', 'image/heic'],
  ['ico', 'image/vnd.microsoft.icon'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['json', 'application/json; charset=utf-8'],
  ['m4a', 'audio/mp4'],
  ['m4v', 'video/mp4'],
  ['md', 'text/markdown; charset=utf-8'],
  ['mov', 'video/quicktime'],
  ['mp3', 'audio/mpeg'],
  ['mp4', 'video/mp4'],
  ['oga', 'audio/ogg'],
  ['ogg', 'audio/ogg'],
  ['ogv', 'video/ogg'],
  ['opus', 'audio/ogg'],
  ['otf', 'font/otf'],
  ['pdf', 'application/pdf'],
  ['png', 'image/png'],
  ['pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  ['rtf', 'application/rtf'],
  ['svg', 'image/svg+xml'],
  ['tif', 'image/tiff'],
  ['tiff', 'image/tiff'],
  ['tsv', 'text/tab-separated-values; charset=utf-8'],
  ['ttf', 'font/ttf'],
  ['txt', 'text/plain; charset=utf-8'],
  ['wav', 'audio/wav'],
  ['weba', 'audio/webm'],
  ['webm', 'video/webm'],
  ['webp', 'image/webp'],
  ['woff', 'font/woff'],
  ['woff2', 'font/woff2'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['zip', 'application/zip'],
])

/** The media type of a file, by the extension of its name or key; `application/octet-stream` when it is unknown. */
export function getContentType(fileName: string): string {
  return CONTENT_TYPES.get(getExtension(fileName) ?? '') ?? UNKNOWN_CONTENT_TYPE
}

/** The shortest extension of a media type, whatever its parameters; `null` when it is unknown. */
export function getExtensionForType(contentType: string): string | null {
  const wanted = getEssence(contentType)
  const extensions = Array.from(CONTENT_TYPES).filter(([, type]) => getEssence(type) === wanted)
  return extensions.map(([extension]) => extension).toSorted((one, other) => one.length - other.length)[0] ?? null
}

function getEssence(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase()
}

/** The extension of a name, lower-case and without its dot; `null` when the name has none. */
export function getExtension(fileName: string): string | null {
  const dot = fileName.lastIndexOf('.')
  return dot < 0 || dot === fileName.length - 1 ? null : fileName.slice(dot + 1).toLowerCase()
}
