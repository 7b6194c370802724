/** Encodings a person may choose from, by their labels of the Encoding Standard. */
export const TEXT_ENCODINGS = [
  ['utf-8', 'UTF-8'],
  ['windows-1252', 'Western (Windows-1252)'],
  ['utf-16le', 'UTF-16 LE'],
  ['utf-16be', 'UTF-16 BE'],
  ['gbk', 'Chinese, simplified (GBK)'],
  ['gb18030', 'Chinese, simplified (GB18030)'],
  ['big5', 'Chinese, traditional (Big5)'],
  ['shift_jis', 'Japanese (Shift_JIS)'],
  ['euc-jp', 'Japanese (EUC-JP)'],
  ['euc-kr', 'Korean (EUC-KR)'],
  ['windows-1251', 'Cyrillic (Windows-1251)'],
  ['koi8-r', 'Cyrillic (KOI8-R)'],
  ['iso-8859-2', 'Central European (ISO-8859-2)'],
  ['windows-1250', 'Central European (Windows-1250)'],
  ['iso-8859-7', 'Greek (ISO-8859-7)'],
  ['windows-1254', 'Turkish (Windows-1254)'],
  ['windows-1255', 'Hebrew (Windows-1255)'],
  ['windows-1256', 'Arabic (Windows-1256)'],
  ['iso-8859-15', 'Western (ISO-8859-15)'],
] as const

export type TextEncoding = (typeof TEXT_ENCODINGS)[number][0]

export function isTextEncoding(value: unknown): value is TextEncoding {
  return TEXT_ENCODINGS.some(([encoding]) => encoding === value)
}

/**
 * The encoding of a text, from its first bytes. Only a byte order mark decides for UTF-16; what is not UTF-8 is taken for
 * windows-1252, in which every byte is some character.
 */
export function detectEncoding(bytes: Uint8Array): TextEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  try {
    // The last character may be cut in two where reading stopped; `stream` allows that.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}
