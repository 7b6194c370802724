import { ChevronDown, ChevronUp, MoveHorizontal, PanelLeft, RotateCw, Search, ZoomIn, ZoomOut } from 'lucide-react'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { formatCount } from '../../formats.ts'
import { ToolButton } from '../tool-button.tsx'
import { ViewerToolbar } from '../viewer-toolbar.tsx'
import type { PagesState, PdfPages } from './pdf-pages.ts'
import styles from './pdf-tools.module.css'

const ZOOM_STEP = 1.2

export interface PdfToolsProps {
  pages: PdfPages
  state: PagesState
  pageCount: number
  hasThumbnails: boolean
  onToggleThumbnails: () => void
  isSearching: boolean
  onToggleSearch: () => void
}

export function PdfTools(props: PdfToolsProps) {
  const { pages, state, pageCount } = props
  return (
    <ViewerToolbar label="PDF" placement="bar">
      {pageCount > 1 && (
        <ToolButton label="Thumbnails" aria-pressed={props.hasThumbnails} onClick={props.onToggleThumbnails}>
          <PanelLeft size={16} aria-hidden />
        </ToolButton>
      )}
      <span className={styles.onWideScreens}>
        <ToolButton label="Previous page" disabled={state.page <= 1} onClick={() => pages.goToPage(state.page - 1)}>
          <ChevronUp size={16} aria-hidden />
        </ToolButton>
        <ToolButton label="Next page" disabled={state.page >= pageCount} onClick={() => pages.goToPage(state.page + 1)}>
          <ChevronDown size={16} aria-hidden />
        </ToolButton>
      </span>
      <PageBox page={state.page} pageCount={pageCount} onGo={(page) => pages.goToPage(page)} />
      <span className={styles.space} />
      <ToolButton label="Zoom out" onClick={() => pages.zoom(1 / ZOOM_STEP)}>
        <ZoomOut size={16} aria-hidden />
      </ToolButton>
      <output className={styles.scale} aria-label="Zoom">
        {Math.round(state.scale * 100)} %
      </output>
      <ToolButton label="Zoom in" onClick={() => pages.zoom(ZOOM_STEP)}>
        <ZoomIn size={16} aria-hidden />
      </ToolButton>
      <span className={styles.onWideScreens}>
        <ToolButton label="Fit the width" onClick={() => pages.fit('page-width')}>
          <MoveHorizontal size={16} aria-hidden />
        </ToolButton>
        <ToolButton label="Fit the page" onClick={() => pages.fit('page-fit')}>
          Page
        </ToolButton>
        <ToolButton label="Rotate" onClick={() => pages.rotate()}>
          <RotateCw size={16} aria-hidden />
        </ToolButton>
      </span>
      <span className={styles.space} />
      <ToolButton label="Search" aria-pressed={props.isSearching} onClick={props.onToggleSearch}>
        <Search size={16} aria-hidden />
      </ToolButton>
    </ViewerToolbar>
  )
}

interface PageBoxProps {
  page: number
  pageCount: number
  onGo: (page: number) => void
}

function PageBox({ page, pageCount, onGo }: PageBoxProps) {
  /** What is typed; `null` while the box only follows the page. */
  const [draft, setDraft] = useState<string | null>(null)
  const go = (event: SubmitEvent) => {
    event.preventDefault()
    const wanted = Number.parseInt(draft ?? '', 10)
    if (wanted >= 1 && wanted <= pageCount) onGo(wanted)
    setDraft(null)
  }
  return (
    <form className={styles.page} onSubmit={go}>
      <input
        className={styles.box}
        inputMode="numeric"
        aria-label={`Page, of ${formatCount(pageCount)}`}
        style={{ width: `calc(${String(pageCount).length}ch + 24px)` }}
        value={draft ?? String(page)}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setDraft(null)}
      />
      <span aria-hidden="true">/ {formatCount(pageCount)}</span>
    </form>
  )
}
