export interface TextLine {
  /** Counted from 1; `null` for the rest of a line that is shown in several pieces. */
  number: number | null
  /** Where the line's text begins in the whole text. */
  start: number
  text: string
}

/** A line longer than this is shown in pieces: laying out one line of megabytes blocks the page. */
const MAX_PIECE_LENGTH = 4000

export function splitLines(text: string): TextLine[] {
  const lines: TextLine[] = []
  const lineEnd = /\r\n|\n|\r/g
  let start = 0
  let number = 1
  for (const match of text.matchAll(lineEnd)) {
    addPieces(lines, { number, start, text: text.slice(start, match.index) })
    start = match.index + match[0].length
    number += 1
  }
  if (start < text.length || number === 1) addPieces(lines, { number, start, text: text.slice(start) })
  return lines
}

function addPieces(lines: TextLine[], line: TextLine): void {
  for (let offset = 0; offset === 0 || offset < line.text.length; offset += MAX_PIECE_LENGTH) {
    const text = line.text.slice(offset, offset + MAX_PIECE_LENGTH)
    lines.push({ number: offset === 0 ? line.number : null, start: line.start + offset, text })
  }
}
