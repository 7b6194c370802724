import { detectEncoding } from './text-encoding.ts'

/** The bytes as text, in the encoding that they seem to have. */
export function decodeText(bytes: Uint8Array): string {
  // The last character may be cut in two where reading stopped; `stream` leaves it out.
  return new TextDecoder(detectEncoding(bytes)).decode(bytes, { stream: true })
}
