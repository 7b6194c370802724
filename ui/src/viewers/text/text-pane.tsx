import { Check, Copy, WrapText } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { copyText } from '../../viewer/copy-text.ts'
import { ToolButton } from '../tool-button.tsx'
import { ViewerToolbar } from '../viewer-toolbar.tsx'
import { CodeLines } from './code-lines.tsx'
import { highlight, MAX_HIGHLIGHTED_LENGTH } from './highlight.ts'
import type { Token } from './highlight.ts'
import styles from './text-pane.module.css'

export interface TextPaneProps {
  text: string
  isCut: boolean
  /** Decides the colours. */
  extension: string
  label: string
  isInitiallyWrapped: boolean
  /** More buttons, before the common ones. */
  tools?: ReactNode
  /** What the person should know about what is shown. */
  note?: string
  /** Shown in the place of the lines. */
  children?: ReactNode
}

/** Text under a bar of tools. */
export function TextPane(props: TextPaneProps) {
  const { text, isCut, extension, label, isInitiallyWrapped, tools, note, children } = props
  const [isWrapped, setIsWrapped] = useState(isInitiallyWrapped)
  const [isCopied, setIsCopied] = useState(false)
  const tokens = useTokens(text, extension)
  const hasLines = children === undefined
  return (
    <div className={styles.pane}>
      <ViewerToolbar label="Text" placement="bar">
        {tools}
        {hasLines && (
          <ToolButton label="Wrap long lines" aria-pressed={isWrapped} onClick={() => setIsWrapped(!isWrapped)}>
            <WrapText size={16} aria-hidden /> Wrap
          </ToolButton>
        )}
        <ToolButton
          label={isCopied ? 'Copied' : 'Copy the text'}
          onClick={() => void copyText(Promise.resolve(text)).then(setIsCopied)}
        >
          {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />} {isCopied ? 'Copied' : 'Copy'}
        </ToolButton>
        <output className={styles.note}>
          {isCut && 'Showing the first 2 MB. Download the file for the rest.'}
          {!isCut && text === '' && 'The file is empty.'}
          {!isCut && text !== '' && note}
        </output>
      </ViewerToolbar>
      {children ?? <CodeLines text={text} tokens={tokens} isWrapped={isWrapped} label={label} />}
    </div>
  )
}

const NO_TOKENS: readonly Token[] = []

/** The text stands at once; its colours follow when their code is loaded. */
function useTokens(text: string, extension: string): readonly Token[] {
  const [coloured, setColoured] = useState({ text: '', tokens: NO_TOKENS })
  useEffect(() => {
    if (text.length > MAX_HIGHLIGHTED_LENGTH) return undefined
    let isCurrent = true
    highlight(text, extension).then(
      (tokens) => isCurrent && setColoured({ text, tokens }),
      // Without colours the text is still all there.
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [text, extension])
  return coloured.text === text ? coloured.tokens : NO_TOKENS
}
