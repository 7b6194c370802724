import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Row, RowResponse } from '../../../src/contract/rows.ts'
import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { isSameInput, type ColumnInput } from './column-input.ts'
import { differingEdits, savedInput, type Problems } from './row-changes.ts'
import { RowDraft, type Edits } from './row-draft.ts'
import { useSaving, type PendingUploads, type SavePurpose, type SaveState } from './use-saving.ts'

export interface RowFormOptions {
  schema: TableSchema
  /** `null` for a row that is not created yet. */
  id: string | null
  row: Row | null
  /** @param purpose What the person asked for: `another` is "Save and add another". */
  onSaved: (response: RowResponse, purpose: SavePurpose) => void
}

export interface RowForm {
  schema: TableSchema
  row: Row | null
  edits: Edits
  changedCount: number
  problems: Problems
  /** Why nothing was saved, when it is not about one column. */
  failure: string | null
  saveState: SaveState
  runningUploads: number
  failedUploads: number
  /** A media column with files that were not stored; `null` for none. */
  columnWithFailure: ColumnSchema | null
  /** The page came up with changes from before a reload. */
  isRestored: boolean
  inputFor: (column: ColumnSchema) => ColumnInput
  setInput: (column: ColumnSchema, input: ColumnInput) => void
  setPendingUploads: (column: string, pending: PendingUploads) => void
  save: (purpose: SavePurpose) => void
  stopWaiting: () => void
  discard: () => void
}

/** The state of the form: what is saved, what was typed over it, and what became of saving. */
export function useRowForm({ schema, id, row, onSaved }: RowFormOptions): RowForm {
  const draft = useMemo(() => new RowDraft(schema.name, id), [schema.name, id])
  const [allEdits, setAllEdits] = useState<Edits>(() => draft.read())
  const [isRestored, setIsRestored] = useState(() => Object.keys(allEdits).length > 0)
  const [pending, setPending] = useState<Record<string, PendingUploads>>({})
  const edits = useMemo(() => differingEdits(schema, row, allEdits), [schema, row, allEdits])
  useEffect(() => draft.write(edits), [draft, edits])

  const uploads = useMemo(() => sumUploads(pending), [pending])
  const forget = useCallback(
    (sent: Edits) => {
      // What was typed while the request was on its way stays unsaved.
      const without = (now: Edits) =>
        Object.fromEntries(Object.entries(now).filter(([name, input]) => input !== sent[name]))
      setAllEdits(without)
      setIsRestored(false)
      // Not left to the effect above: a row that was just created takes the place of this form before it runs.
      draft.write({})
    },
    [draft],
  )
  const saving = useSaving({ schema, id, row, edits, uploads, forget, onSaved })

  const { clearProblem } = saving
  const setInput = useCallback(
    (column: ColumnSchema, input: ColumnInput) => {
      const entered = emptyAsNull(column, row, input)
      // What is typed back to the saved value is no edit: it must not stand against a newer value from the server.
      const isEdit = !isSameInput(entered, savedInput(column, row))
      setAllEdits(({ [column.name]: _before, ...others }) => (isEdit ? { ...others, [column.name]: entered } : others))
      clearProblem(column.name)
    },
    [row, clearProblem],
  )
  const setPendingUploads = useCallback((column: string, change: PendingUploads) => {
    setPending((now) => ({ ...now, [column]: change }))
  }, [])
  return {
    ...saving,
    schema,
    row,
    edits,
    changedCount: Object.keys(edits).length,
    runningUploads: uploads.running,
    failedUploads: uploads.failed,
    columnWithFailure: schema.columns.find((column) => (pending[column.name]?.failed ?? 0) > 0) ?? null,
    isRestored,
    inputFor: (column) => edits[column.name] ?? (column.name in edits ? null : savedInput(column, row)),
    setInput,
    setPendingUploads,
    discard: () => {
      draft.write({})
      setAllEdits({})
      setIsRestored(false)
      saving.reset()
    },
  }
}

/** Empty text is no text where the column may hold none, or where nothing was given yet. */
function emptyAsNull(column: ColumnSchema, row: Row | null, input: ColumnInput): ColumnInput {
  if (input !== '') return input
  return column.isNullable || savedInput(column, row) === null ? null : input
}

function sumUploads(pending: Record<string, PendingUploads>): PendingUploads {
  const all = Object.values(pending)
  return {
    running: all.reduce((sum, { running }) => sum + running, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
  }
}
