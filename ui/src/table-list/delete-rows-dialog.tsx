import { useQueryClient } from '@tanstack/react-query'
import type { Row } from '../../../src/contract/rows.ts'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { deleteRow } from '../api.ts'
import { ConfirmDialog } from '../components/dialog.tsx'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { useToast } from '../components/toast.tsx'
import { countRows } from './format-value.ts'
import { fileKeys, rowId, rowLabel } from './row-identity.ts'
import styles from './delete-rows-dialog.module.css'

export interface DeleteRowsDialogProps {
  schema: TableSchema
  rows: Row[]
  onClose: () => void
  /** Told which rows are gone, also when others could not be deleted. */
  onDeleted: (rows: Row[]) => void
}

const MAX_NAMED = 6

/** Names the rows that go and says what becomes of their files, before anything happens. */
export function DeleteRowsDialog({ schema, rows, onClose, onDeleted }: DeleteRowsDialogProps) {
  const queryClient = useQueryClient()
  const { showToast } = useToast()

  const deleteRows = async () => {
    const failures = await deleteEach(schema, rows)
    await queryClient.invalidateQueries({ queryKey: ['rows'] })
    const deleted = rows.filter((row) => !failures.some((failure) => failure.row === row))
    onDeleted(deleted)
    if (failures.length > 0) throw new Error(describeFailures(schema, failures, deleted.length))
    showToast({ message: `${countRows(deleted.length)} deleted.` })
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Delete ${countRows(rows.length)} from ${schema.label}?`}
      confirmLabel={`Delete ${countRows(rows.length)}`}
      onConfirm={deleteRows}
    >
      <ul className={styles.rows}>
        {rows.slice(0, MAX_NAMED).map((row) => (
          <li key={rowId(row, schema)} className={styles.row}>
            <RowImage schema={schema} row={row} />
            <span className={styles.label}>{rowLabel(row, schema)}</span>
          </li>
        ))}
        {rows.length > MAX_NAMED && <li className={styles.more}>and {rows.length - MAX_NAMED} more</li>}
      </ul>
      <p>
        This cannot be undone.
        {schema.hasMedia && ' Their files stay in the storage until a clean-up removes what no row uses.'}
      </p>
    </ConfirmDialog>
  )
}

function RowImage({ schema, row }: { schema: TableSchema; row: Row }) {
  const column = schema.columns.find((candidate) => candidate.media && fileKeys(row[candidate.name]).length > 0)
  const [fileKey] = column ? fileKeys(row[column.name]) : []
  if (!column || fileKey === undefined) return null
  return <FileThumbnail table={schema.name} column={column.name} fileKey={fileKey} className={styles.picture ?? ''} />
}

interface Failure {
  row: Row
  reason: string
}

/** One after the other: a row that another one needs may go once that one is gone, and the server is not flooded. */
async function deleteEach(schema: TableSchema, rows: Row[]): Promise<Failure[]> {
  const failures: Failure[] = []
  for (const row of rows) {
    try {
      await deleteRow(schema.name, rowId(row, schema))
    } catch (error) {
      failures.push({ row, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  return failures
}

function describeFailures(schema: TableSchema, failures: Failure[], deleted: number): string {
  const [first] = failures
  const beginning = deleted > 0 ? `${countRows(deleted)} deleted, ${String(failures.length)} not. ` : ''
  const others = failures.length > 1 ? ` The same or another reason kept ${String(failures.length - 1)} more.` : ''
  return `${beginning}${first ? `${rowLabel(first.row, schema)}: ${first.reason}` : ''}${others}`
}
