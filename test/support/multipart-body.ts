/** A part of a multipart body under construction. */
export interface TestPart {
  /** Defaults to `file`. */
  name?: string
  /** Absent for a plain field. */
  fileName?: string
  content: Uint8Array | string
}

export const BOUNDARY = '----VitrineTestBoundary7MA4YWxk'

/** What a browser sends: `Content-Type` and bytes. */
export function multipartBody(parts: readonly TestPart[], boundary: string = BOUNDARY) {
  const pieces = parts.flatMap((part) => [`--${boundary}\r\n${partHeader(part)}\r\n\r\n`, part.content, '\r\n'])
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: joinBytes([...pieces, `--${boundary}--\r\n`]),
  }
}

/** Texts, as UTF-8, and bytes, one behind the other. */
export function joinBytes(pieces: readonly (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const all = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece))
  const joined = new Uint8Array(all.reduce((size, piece) => size + piece.byteLength, 0))
  let position = 0
  for (const piece of all) {
    joined.set(piece, position)
    position += piece.byteLength
  }
  return joined
}

function partHeader({ name = 'file', fileName }: TestPart): string {
  const disposition = `Content-Disposition: form-data; name="${escapeQuotes(name)}"`
  if (fileName === undefined) return disposition
  return `${disposition}; filename="${escapeQuotes(fileName)}"\r\nContent-Type: application/octet-stream`
}

/** As browsers escape (HTML standard, multipart/form-data encoding algorithm). */
function escapeQuotes(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')
}
