const INDENT = '  '
/** A string, a structural character, or a run of anything else (numbers, words, mistakes). */
const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/gs

/**
 * Lays JSON out over lines. It moves white space only, where `JSON.parse` and back would round long numbers, drop
 * repeated names and refuse a file that has one mistake or was cut off.
 */
export function formatJson(text: string): string {
  const pieces: string[] = []
  let depth = 0
  let previous = ''
  for (const [token] of text.matchAll(TOKEN)) {
    const isClosing = token === '}' || token === ']'
    if (isClosing) depth = Math.max(0, depth - 1)
    pieces.push(spaceBefore(token, previous, depth), token)
    if (token === '{' || token === '[') depth += 1
    previous = token
  }
  return pieces.join('')
}

function spaceBefore(token: string, previous: string, depth: number): string {
  if (previous === '') return ''
  if (token === ',' || token === ':') return ''
  if (previous === ':') return ' '
  const isEmptyPair = (previous === '{' && token === '}') || (previous === '[' && token === ']')
  if (isEmptyPair) return ''
  // Values that follow each other without a comma are the lines of a JSON Lines file.
  return `\n${INDENT.repeat(depth)}`
}
