import { useMemo } from 'react'
import { originalFileName } from '../components/file-name.ts'
import { rtfToText } from './text/rtf-to-text.ts'
import { TextPane } from './text/text-pane.tsx'
import { useTextFile } from './text/use-text-file.ts'
import type { ViewerProperties } from './viewer-properties.ts'

/** Rich text, read for its words: fonts, images and embedded objects are left out, so nothing in it can act. */
export function RtfViewer({ file, url, onFailure }: ViewerProperties) {
  const textFile = useTextFile(url, onFailure)
  const source = textFile?.text ?? ''
  const text = useMemo(() => rtfToText(source), [source])
  if (textFile === null) return null
  return (
    <TextPane
      text={text}
      isCut={textFile.isCut}
      extension="txt"
      label={originalFileName(file.fileKey)}
      isInitiallyWrapped
      note="Words only. Download the file to see its layout and pictures."
    />
  )
}
