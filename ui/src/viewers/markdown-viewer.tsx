import { Code, FileText } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { originalFileName } from '../components/file-name.ts'
import { renderMarkdown } from './text/render-markdown.ts'
import { TextPane } from './text/text-pane.tsx'
import { useTextFile } from './text/use-text-file.ts'
import { ToolButton } from './tool-button.tsx'
import { useInitialFocus } from './use-initial-focus.ts'
import type { ViewerProperties } from './viewer-properties.ts'
import styles from './markdown-viewer.module.css'

/** Laying out more than this would block the page; longer texts open as their source. In characters. */
const MAX_RENDERED_LENGTH = 500_000

/** Markdown as a page, or as its source. */
export function MarkdownViewer({ file, url, onFailure }: ViewerProperties) {
  const textFile = useTextFile(url, onFailure)
  const [isSource, setIsSource] = useState(false)
  if (textFile === null) return null
  const isTooLong = textFile.text.length > MAX_RENDERED_LENGTH
  const label = originalFileName(file.fileKey)
  return (
    <TextPane
      text={textFile.text}
      isCut={textFile.isCut}
      extension="md"
      label={label}
      isInitiallyWrapped
      tools={
        <ToolButton
          label="Show the source"
          aria-pressed={isSource || isTooLong}
          disabled={isTooLong}
          onClick={() => setIsSource(!isSource)}
        >
          {isSource ? <Code size={16} aria-hidden /> : <FileText size={16} aria-hidden />} Source
        </ToolButton>
      }
    >
      {isSource || isTooLong ? undefined : <Page text={textFile.text} label={label} />}
    </TextPane>
  )
}

function Page({ text, label }: { text: string; label: string }) {
  const scroller = useRef<HTMLElement>(null)
  useInitialFocus(scroller)
  const html = useMemo(() => ({ __html: renderMarkdown(text) }), [text])
  return (
    // A region that scrolls must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={scroller} className={styles.scroller} aria-label={label} tabIndex={0}>
      {/* The only HTML in the page that was not written by it: what DOMPurify has let through. */}
      {/* oxlint-disable-next-line react/no-danger */}
      <div className={styles.page} dangerouslySetInnerHTML={html} />
    </section>
  )
}
