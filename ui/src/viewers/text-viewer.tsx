import { Braces } from 'lucide-react'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { fileExtension, originalFileName } from '../components/file-name.ts'
import { formatCount } from '../formats.ts'
import { formatJson } from './text/format-json.ts'
import { TextPane } from './text/text-pane.tsx'
import { useTextFile } from './text/use-text-file.ts'
import { ToolButton } from './tool-button.tsx'
import type { ViewerProperties } from './viewer-properties.ts'

const PROSE = new Set(['txt', 'log', 'srt', 'vtt', ''])
const JSON_EXTENSIONS = new Set(['json', 'geojson'])

/** Text, data and code, shown exactly as they are stored; JSON is laid out first unless told otherwise. */
export function TextViewer({ file, url, onFailure, onDetails }: ViewerProperties) {
  const textFile = useTextFile(url, onFailure)
  const extension = fileExtension(file.fileKey)
  const isJson = JSON_EXTENSIONS.has(extension)
  const [isFormatted, setIsFormatted] = useState(isJson)
  const text = textFile?.text ?? ''
  const shown = useMemo(() => (isFormatted ? formatJson(text) : text), [isFormatted, text])

  const sendDetails = useEffectEvent(onDetails)
  useEffect(() => {
    if (textFile !== null && !textFile.isCut) {
      sendDetails([{ label: 'Lines', value: formatCount(textFile.text.split(/\r\n|\n|\r/).length) }])
    }
  }, [textFile])

  if (textFile === null) return null
  return (
    <TextPane
      text={shown}
      isCut={textFile.isCut}
      extension={extension}
      label={originalFileName(file.fileKey)}
      isInitiallyWrapped={PROSE.has(extension)}
      tools={
        isJson && (
          <ToolButton label="Format the JSON" aria-pressed={isFormatted} onClick={() => setIsFormatted(!isFormatted)}>
            <Braces size={16} aria-hidden /> Format
          </ToolButton>
        )
      }
    />
  )
}
