import { Heading } from 'lucide-react'
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react'
import { fileExtension, originalFileName } from '../components/file-name.ts'
import { useStoredState } from '../components/use-stored-state.ts'
import { formatBytes, formatCount } from '../formats.ts'
import type { Cell } from './table/cell-keys.ts'
import { layOutColumns } from './table/column-layout.ts'
import { TableGrid } from './table/table-grid.tsx'
import type { TableProgress } from './table/table-messages.ts'
import { useTableFile } from './table/use-table-file.ts'
import type { TableFile } from './table/use-table-file.ts'
import { EncodingSelect } from './text/encoding-select.tsx'
import { isTextEncoding } from './text/text-encoding.ts'
import type { TextEncoding } from './text/text-encoding.ts'
import { ToolButton } from './tool-button.tsx'
import type { ViewerProperties } from './viewer-properties.ts'
import { ViewerToolbar } from './viewer-toolbar.tsx'
import styles from './table-viewer.module.css'

/** How many of the first rows decide how wide the columns are. */
const SAMPLED_ROWS = 100

/** CSV and TSV, up to millions of rows. Every cell is text: nothing in it is a formula, a link or markup. */
export function TableViewer(properties: ViewerProperties) {
  const [encoding, setEncoding] = useStoredState<TextEncoding | null>(
    `table-encoding.${properties.file.fileKey}`,
    null,
    isTextEncoding,
  )
  // In another encoding rows may begin elsewhere: the table is opened anew.
  return <OpenTable key={encoding} {...properties} encoding={encoding} onEncoding={setEncoding} />
}

interface OpenTableProps extends ViewerProperties {
  /** `null` when it is to be guessed. */
  encoding: TextEncoding | null
  onEncoding: (encoding: TextEncoding) => void
}

function OpenTable({ file, url, onFailure, onDetails, encoding, onEncoding }: OpenTableProps) {
  const delimiter = fileExtension(file.fileKey) === 'tsv' ? '\t' : null
  const table = useTableFile(url, { delimiter, encoding }, onFailure)
  const { progress, rowAt, request } = table
  const [hasHeader, setHasHeader] = useState(true)
  const [active, setActive] = useState<Cell | null>(null)
  const headerRows = hasHeader ? 1 : 0
  const rowCount = Math.max(0, progress.rowCount - headerRows)
  const columns = useColumns(table)

  const rowBelow = useCallback((row: number) => rowAt(row + headerRows), [rowAt, headerRows])
  const show = useCallback(
    (from: number, end: number) => request(from + headerRows, end + headerRows),
    [request, headerRows],
  )

  const sendDetails = useEffectEvent(onDetails)
  useEffect(() => {
    if (!progress.isComplete) return
    sendDetails([
      { label: 'Rows', value: formatCount(rowCount) },
      { label: 'Columns', value: formatCount(columns.count) },
    ])
  }, [progress.isComplete, rowCount, columns.count])

  if (progress.isComplete && progress.rowCount === 0) {
    return <p className={styles.empty}>The file is empty.</p>
  }
  const value = active === null ? null : (rowBelow(active.row)?.[active.column] ?? '')
  return (
    <div className={styles.viewer}>
      <ViewerToolbar label="Table" placement="bar">
        <ToolButton
          label="First row is a header"
          aria-pressed={hasHeader}
          onClick={() => {
            setHasHeader(!hasHeader)
            setActive(null)
          }}
        >
          <Heading size={16} aria-hidden /> Header
        </ToolButton>
        <EncodingSelect value={progress.encoding} onChange={onEncoding} />
        <output className={styles.note}>{describeProgress(progress, rowCount)}</output>
      </ViewerToolbar>
      <TableGrid
        label={originalFileName(file.fileKey)}
        header={hasHeader ? (rowAt(0) ?? []) : null}
        rowCount={rowCount}
        rowAt={rowBelow}
        onShow={show}
        columns={columns}
        active={active}
        onActivate={setActive}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long value scrolls (WCAG 2.1.1) */}
      <output className={styles.value} aria-label="Value of the cell" tabIndex={value ? 0 : -1}>
        {value ?? <span className={styles.hint}>Choose a cell to read all of it here.</span>}
      </output>
    </div>
  )
}

function useColumns({ progress, rowAt, request }: TableFile) {
  const sampled = Math.min(progress.rowCount, SAMPLED_ROWS)
  useEffect(() => request(0, sampled), [request, sampled])
  return useMemo(() => {
    const rows = Array.from({ length: sampled }, (_, row) => rowAt(row) ?? [])
    return layOutColumns(rows)
  }, [rowAt, sampled])
}

function describeProgress({ bytesRead, isComplete, isCut }: TableProgress, rowCount: number): string {
  const rows = `${formatCount(rowCount)} ${rowCount === 1 ? 'row' : 'rows'}`
  if (isCut) return `Showing the first ${rows}: the file is longer than can be shown. Download it for the rest.`
  return isComplete ? rows : `${rows} so far, ${formatBytes(bytesRead)} read…`
}
