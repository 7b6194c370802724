import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { formatCount } from '../../formats.ts'
import { ToolButton } from '../tool-button.tsx'
import type { PdfPages, SearchResult } from './pdf-pages.ts'
import styles from './pdf-search.module.css'

export interface PdfSearchProps {
  pages: PdfPages
  found: SearchResult | null
  onClose: () => void
}

/** Searches the whole document, and marks what it finds on the pages. */
export function PdfSearch({ pages, found, onClose }: PdfSearchProps) {
  const [query, setQuery] = useState('')
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => box.current?.focus(), [])

  const change = (text: string) => {
    setQuery(text)
    pages.search(text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter') pages.search(query, event.shiftKey ? 'previous' : 'next')
    else return
    event.preventDefault()
    // Esc would close the whole viewer.
    event.stopPropagation()
  }
  const hasMatches = (found?.total ?? 0) > 0
  return (
    <search className={styles.search}>
      <input
        ref={box}
        type="search"
        className={styles.box}
        aria-label="Search in the document"
        placeholder="Search in the document"
        value={query}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <output className={styles.result}>{describeResult(query, found)}</output>
      <ToolButton label="Previous match" disabled={!hasMatches} onClick={() => pages.search(query, 'previous')}>
        <ChevronUp size={16} aria-hidden />
      </ToolButton>
      <ToolButton label="Next match" disabled={!hasMatches} onClick={() => pages.search(query, 'next')}>
        <ChevronDown size={16} aria-hidden />
      </ToolButton>
      <ToolButton label="Close the search" onClick={onClose}>
        <X size={16} aria-hidden />
      </ToolButton>
    </search>
  )
}

function describeResult(query: string, found: SearchResult | null): string {
  if (query === '' || found === null) return ''
  if (found.total > 0) return `${formatCount(found.current)} of ${formatCount(found.total)}`
  return found.isSearching ? 'Searching…' : 'Not found'
}
