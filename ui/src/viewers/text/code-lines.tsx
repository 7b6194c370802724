import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import type { Token } from './highlight.ts'
import { splitLines } from './text-lines.ts'
import type { TextLine } from './text-lines.ts'
import { useInitialFocus } from '../use-initial-focus.ts'
import styles from './code-lines.module.css'

const LINE_HEIGHT = 20

export interface CodeLinesProps {
  text: string
  /** In order and not overlapping. */
  tokens: readonly Token[]
  isWrapped: boolean
  label: string
}

/** Text with line numbers. Only the lines in sight are in the page, each as text, never as markup. */
export function CodeLines({ text, tokens, isWrapped, label }: CodeLinesProps) {
  const scroller = useRef<HTMLElement>(null)
  useInitialFocus(scroller)
  const lines = useMemo(() => splitLines(text), [text])
  const longest = useMemo(() => lines.reduce((most, line) => Math.max(most, line.text.length), 0), [lines])
  // oxlint-disable-next-line react/incompatible-library -- it matters to the React Compiler only, which is not used
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
    paddingStart: 12,
    paddingEnd: 24,
  })
  const gutter = `${String(lines.at(-1)?.number ?? lines.length).length + 1}ch`
  return (
    // A region that scrolls must be reachable by keyboard (WCAG 2.1.1).
    /* oxlint-disable jsx-a11y/no-noninteractive-tabindex */
    <section
      ref={scroller}
      className={styles.scroller}
      aria-label={label}
      tabIndex={0}
      data-wrapped={isWrapped}
      {...(isWrapped ? {} : { 'data-own-gestures': '' })}
    >
      <div
        className={styles.lines}
        data-wrapped={isWrapped}
        style={{
          height: virtualizer.getTotalSize(),
          minWidth: isWrapped ? undefined : `calc(${longest}ch + ${gutter} + 64px)`,
        }}
      >
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index]
          if (line === undefined) return null
          return (
            <div
              key={key}
              ref={isWrapped ? virtualizer.measureElement : null}
              data-index={index}
              className={styles.line}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span
                className={styles.number}
                style={{ width: gutter }}
                data-number={line.number ?? ''}
                aria-hidden="true"
              />
              <span className={styles.text}>{colouredText(line, tokens)}</span>
            </div>
          )
        })}
      </div>
    </section>
  )
}

function colouredText(line: TextLine, tokens: readonly Token[]): ReactNode {
  const end = line.start + line.text.length
  const pieces: ReactNode[] = []
  let position = line.start
  for (let index = firstTokenAfter(line.start, tokens); index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined || token.start >= end) break
    const from = Math.max(token.start, position)
    const to = Math.min(token.end, end)
    pieces.push(line.text.slice(position - line.start, from - line.start))
    pieces.push(
      <span key={from} className={styles[getColour(token.className)]}>
        {line.text.slice(from - line.start, to - line.start)}
      </span>,
    )
    position = to
  }
  pieces.push(line.text.slice(position - line.start))
  return pieces
}

/** The first token that ends after `position`, found by halving. */
function firstTokenAfter(position: number, tokens: readonly Token[]): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.end ?? 0) <= position) low = middle + 1
    else high = middle
  }
  return low
}

type Colour = 'comment' | 'keyword' | 'string' | 'constant' | 'name' | 'plain'

const coloursByClass = new Map<string, Colour>([
  ['hljs-comment', 'comment'],
  ['hljs-quote', 'comment'],
  ['hljs-meta', 'comment'],
  ['hljs-doctag', 'comment'],
  ['hljs-keyword', 'keyword'],
  ['hljs-selector-tag', 'keyword'],
  ['hljs-tag', 'keyword'],
  ['hljs-name', 'keyword'],
  ['hljs-section', 'keyword'],
  ['hljs-string', 'string'],
  ['hljs-regexp', 'string'],
  ['hljs-link', 'string'],
  ['hljs-char', 'string'],
  ['hljs-number', 'constant'],
  ['hljs-literal', 'constant'],
  ['hljs-symbol', 'constant'],
  ['hljs-bullet', 'constant'],
  ['hljs-attr', 'name'],
  ['hljs-attribute', 'name'],
  ['hljs-title', 'name'],
  ['hljs-property', 'name'],
  ['hljs-built_in', 'name'],
  ['hljs-type', 'name'],
  ['hljs-variable', 'name'],
])

function getColour(className: string): Colour {
  return coloursByClass.get(className) ?? 'plain'
}
