import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Row, RowResponse } from '../../../src/contract/rows.ts'
import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { ApiError, createRow, updateRow } from '../api.ts'
import type { ColumnInput } from './column-input.ts'
import { collectChanges, differingEdits, savedInput, type Problems } from './row-changes.ts'
import { RowDraft, type Edits } from './row-draft.ts'

export type SaveState = 'idle' | 'waiting' | 'saving' | 'saved' | 'failed'

/** The uploads of one media field that are not done. */
export interface PendingUploads {
  running: number
  failed: number
}

export interface RowFormOptions {
  schema: TableSchema
  /** `null` for a row that is not created yet. */
  id: string | null
  row: Row | null
  /** @param purpose What the person asked for: `another` is "Save and add another". */
  onSaved: (answer: RowResponse, purpose: SavePurpose) => void
}

export type SavePurpose = 'stay' | 'another' | 'leave'

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
      const without = (now: Edits) => Object.fromEntries(Object.entries(now).filter(([name, input]) => input !== sent[name]))
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
      setAllEdits((now) => ({ ...now, [column.name]: emptyAsNull(column, row, input) }))
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

interface SavingOptions extends RowFormOptions {
  edits: Edits
  uploads: PendingUploads
  forget: (sent: Edits) => void
}

function useSaving(options: SavingOptions) {
  const { uploads, edits } = options
  const [saveState, setSaveState] = useState<SaveState>('idle')
  const [problems, setProblems] = useState<Problems>({})
  const [failure, setFailure] = useState<string | null>(null)
  const waiting = useRef<{ purpose: SavePurpose; failedBefore: number } | null>(null)
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })

  const send = useCallback(async (purpose: SavePurpose) => {
    const { schema, id, row, edits: sent, forget, onSaved } = latest.current
    const collected = collectChanges(schema, row, sent)
    setProblems(collected.problems)
    setFailure(null)
    if (Object.keys(collected.problems).length > 0) return setSaveState('failed')
    setSaveState('saving')
    try {
      const answer =
        id === null ? await createRow(schema.name, collected.changes) : await updateRow(schema.name, id, collected.changes)
      forget(sent)
      setSaveState('saved')
      onSaved(answer, purpose)
    } catch (error) {
      const explained = explain(error, schema)
      setProblems(explained.problems)
      setFailure(explained.failure)
      setSaveState('failed')
    }
  }, [])

  const save = useCallback(
    (purpose: SavePurpose) => {
      if (uploads.running === 0) return void send(purpose)
      waiting.current = { purpose, failedBefore: uploads.failed }
      setSaveState('waiting')
    },
    [send, uploads],
  )

  useEffect(() => {
    const asked = waiting.current
    if (!asked || uploads.running > 0) return
    waiting.current = null
    if (uploads.failed <= asked.failedBefore) return void send(asked.purpose)
    setFailure('A file was not stored. Try it again or take it out, then save.')
    setSaveState('failed')
    // `edits` is here because the last upload's key arrives in them before it counts as done.
  }, [uploads, edits, send])

  const clearProblem = useCallback((column: string) => {
    setProblems(({ [column]: _gone, ...others }) => others)
    setSaveState((state) => (state === 'saved' ? 'idle' : state))
  }, [])
  const stopWaiting = useCallback(() => {
    waiting.current = null
    setSaveState('idle')
  }, [])
  const reset = useCallback(() => {
    setProblems({})
    setFailure(null)
    setSaveState('idle')
  }, [])
  return { saveState, problems, failure, save, clearProblem, stopWaiting, reset }
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

function explain(error: unknown, schema: TableSchema): { problems: Problems; failure: string | null } {
  if (!(error instanceof ApiError)) throw error
  if (error.status === 401) return { problems: {}, failure: 'You were signed out. Sign in, then save again.' }
  const isColumn = schema.columns.some((column) => column.name === error.field)
  if (error.field !== null && isColumn) return { problems: { [error.field]: error.message }, failure: null }
  return { problems: {}, failure: error.message }
}
