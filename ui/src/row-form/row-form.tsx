import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { RowResponse } from '../../../src/contract/rows.ts'
import type { TableSchema } from '../../../src/contract/tables.ts'
import type { FileLocation } from '../api.ts'
import { useToast } from '../components/toast.tsx'
import { useMediaQuery } from '../components/use-media-query.ts'
import { UploadSlotsContext } from '../media-field/upload-slots-context.ts'
import { UploadSlots } from '../media-field/upload-slots.ts'
import { rowPath, tablePath } from '../paths.ts'
import { rowQuery } from '../queries.ts'
import { useShortcut } from '../shell/use-shortcut.ts'
import { ColumnField } from './column-field.tsx'
import type { ColumnInput } from './column-input.ts'
import { ErrorSummary } from './error-summary.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { ReferencingRows } from './referencing-rows.tsx'
import { RestoredNotice } from './restored-notice.tsx'
import styles from './row-form.module.css'
import { RowHeader } from './row-header.tsx'
import { rowId, rowLabel } from './row-label.ts'
import { SaveBar } from './save-bar.tsx'
import { useLeaveGuard } from './use-leave-guard.ts'
import { useRowForm } from './use-row-form.ts'
import type { SavePurpose } from './use-saving.ts'

export interface RowFormProps {
  schema: TableSchema
  id: string | null
  response: RowResponse
  isReadOnly: boolean
  onAddAnother: () => void
}

export function RowForm({ schema, id, response, isReadOnly, onAddAnother }: RowFormProps) {
  const row = id === null ? null : response.row
  const [, navigate] = useLocation()
  const { showToast } = useToast()
  const queryClient = useQueryClient()
  const [slots] = useState(() => new UploadSlots())

  const onSaved = (saved: RowResponse, purpose: SavePurpose) => {
    const savedId = rowId(schema, saved.row)
    queryClient.setQueryData(rowQuery(schema.name, savedId).queryKey, saved)
    void queryClient.invalidateQueries({ queryKey: ['rows'], predicate: ({ queryKey }) => queryKey[2] !== 'row' })
    if (id === null) announceCreated(saved, savedId)
    if (purpose === 'leave') return guard.leave()
    if (purpose === 'another') return guard.pass(onAddAnother)
    if (id !== savedId) guard.pass(() => navigate(rowPath(schema.name, savedId), { replace: true }))
  }
  const announceCreated = (saved: RowResponse, savedId: string) =>
    showToast({
      message: `${rowLabel(schema, saved.row)} was created.`,
      action: { label: 'Open', onClick: () => navigate(rowPath(schema.name, savedId)) },
    })

  const form = useRowForm({ schema, id, row, onSaved })
  const isUnsaved = form.changedCount > 0 || form.runningUploads > 0
  const guard = useLeaveGuard(isUnsaved && !isReadOnly)

  const { save, saveState } = form
  const saveByKeyboard = useCallback(() => {
    if (!isReadOnly && (isUnsaved || id === null) && saveState !== 'saving') save('stay')
  }, [isReadOnly, isUnsaved, id, save, saveState])
  useShortcut('s', saveByKeyboard)

  const columns = useMemo(() => splitColumns(schema, id === null), [schema, id])
  const viewerFiles = columns.media.flatMap((column) => getFiles(schema.name, column.name, form.inputFor(column)))
  const fieldProps = { form, isReadOnly, viewerFiles, labels: response.labels }
  const title = row ? rowLabel(schema, row) : `New ${schema.label}`
  // What a row is recognised by comes first where there is one column; a new row has nothing to recognise yet.
  const isMediaFirst = useMediaQuery(ONE_COLUMN_QUERY) && viewerFiles.length > 0
  const media = columns.media.length > 0 && (
    <div key="media" className={styles.media}>
      {columns.media.map((column) => (
        <ColumnField key={column.name} {...fieldProps} column={column} takesPagePaste={column === columns.media[0]} />
      ))}
    </div>
  )
  const fields = (
    <div key="fields" className={styles.fields}>
      <div className={styles.grid}>
        {columns.others.map((column) => (
          <ColumnField key={column.name} {...fieldProps} column={column} takesPagePaste={false} />
        ))}
      </div>
      {row && <ReferencingRows schema={schema} row={row} />}
    </div>
  )
  return (
    <UploadSlotsContext value={slots}>
      <form
        className={styles.page}
        aria-label={title}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          saveByKeyboard()
        }}
      >
        <RowHeader
          schema={schema}
          id={id}
          title={title}
          isReadOnly={isReadOnly}
          onDeleted={() => {
            form.discard()
            guard.pass(() => navigate(tablePath(schema.name)))
          }}
        />
        <ErrorSummary form={form} />
        {form.isRestored && form.changedCount > 0 && <RestoredNotice onDiscard={form.discard} />}
        <div className={styles.columns} data-has-media={columns.media.length > 0}>
          {/* Keyed, so that a turned tablet moves the two and uploads go on. */}
          {isMediaFirst ? [media, fields] : [fields, media]}
        </div>
        <SaveBar form={form} isReadOnly={isReadOnly} />
      </form>
      <LeaveDialog
        guard={guard}
        isWaiting={saveState === 'waiting' || saveState === 'saving'}
        onSave={() => save('leave')}
        onDiscard={() => {
          form.discard()
          guard.leave()
        }}
      />
    </UploadSlotsContext>
  )
}

/** Where the form has no room for two columns beside the sidebar; see `.columns`. */
const ONE_COLUMN_QUERY = '(max-width: 1067px)'

/** A new row has no use for columns that only the database fills in. */
function splitColumns(schema: TableSchema, isNew: boolean) {
  const shown = schema.columns.filter((column) => {
    const isAutomatic = column.isReadOnly || (column.name === schema.primaryKey && column.hasDefault)
    return !(isNew && isAutomatic)
  })
  return {
    media: shown.filter((column) => column.media !== null),
    others: shown.filter((column) => column.media === null),
  }
}

function getFiles(table: string, column: string, input: ColumnInput): FileLocation[] {
  const fileKeys = Array.isArray(input) ? input : typeof input === 'string' ? [input] : []
  return fileKeys.map((fileKey) => ({ table, column, fileKey }))
}
