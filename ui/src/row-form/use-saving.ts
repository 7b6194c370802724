import { useCallback, useEffect, useRef, useState } from 'react'
import type { Row, RowResponse } from '../../../src/contract/rows.ts'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { ApiError, createRow, updateRow } from '../api.ts'
import { collectChanges, type Problems } from './row-changes.ts'
import type { Edits } from './row-draft.ts'

export type SaveState = 'idle' | 'waiting' | 'saving' | 'saved' | 'failed'

/** What is to happen once the row is saved. */
export type SavePurpose = 'stay' | 'another' | 'leave'

/** The uploads of a media field that are not done. */
export interface PendingUploads {
  running: number
  failed: number
}

export interface SavingOptions {
  schema: TableSchema
  /** `null` for a row that is not created yet. */
  id: string | null
  row: Row | null
  edits: Edits
  uploads: PendingUploads
  /** The edits are saved now. */
  forget: (sent: Edits) => void
  onSaved: (answer: RowResponse, purpose: SavePurpose) => void
}

interface Outcome {
  saveState: SaveState
  problems: Problems
  /** Why nothing was saved, when it is not about one column. */
  failure: string | null
}

const NOTHING_HAPPENED: Outcome = { saveState: 'idle', problems: {}, failure: null }

const UPLOAD_FAILED: Outcome = {
  saveState: 'failed',
  problems: {},
  failure: 'A file was not stored. Try it again or take it out, then save.',
}

/** Saving, and what became of it. Waits for uploads that still run. */
export function useSaving(options: SavingOptions) {
  const { uploads, edits } = options
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_HAPPENED)
  const waiting = useRef<{ purpose: SavePurpose; failedBefore: number } | null>(null)
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })

  const send = useCallback(async (purpose: SavePurpose) => {
    const { forget, onSaved, schema, row, edits: sent } = latest.current
    const { changes, problems } = collectChanges(schema, row, sent)
    if (Object.keys(problems).length > 0) {
      setOutcome({ saveState: 'failed', problems, failure: null })
      return
    }
    setOutcome({ ...NOTHING_HAPPENED, saveState: 'saving' })
    try {
      const answer = await sendRow(latest.current, changes)
      forget(sent)
      setOutcome({ ...NOTHING_HAPPENED, saveState: 'saved' })
      onSaved(answer, purpose)
    } catch (error) {
      setOutcome({ saveState: 'failed', ...explain(error, schema) })
    }
  }, [])

  const save = useCallback(
    (purpose: SavePurpose) => {
      if (uploads.running > 0) {
        waiting.current = { purpose, failedBefore: uploads.failed }
        setOutcome({ ...NOTHING_HAPPENED, saveState: 'waiting' })
      } else {
        void send(purpose)
      }
    },
    [send, uploads],
  )

  useEffect(() => {
    const asked = waiting.current
    if (!asked || uploads.running > 0) return
    waiting.current = null
    if (uploads.failed > asked.failedBefore) setOutcome(UPLOAD_FAILED)
    else void send(asked.purpose)
  }, [uploads, send])

  const clearProblem = useCallback((column: string) => {
    setOutcome(({ saveState, problems: { [column]: _gone, ...problems }, failure }) => ({
      saveState: saveState === 'saved' ? 'idle' : saveState,
      problems,
      failure,
    }))
  }, [])
  const stopWaiting = useCallback(() => {
    waiting.current = null
    setOutcome(NOTHING_HAPPENED)
  }, [])
  const reset = useCallback(() => setOutcome(NOTHING_HAPPENED), [])
  // With nothing changed there is nothing that could have failed to be saved.
  const isMoot = outcome.saveState === 'failed' && options.id !== null && Object.keys(edits).length === 0
  return { ...(isMoot ? NOTHING_HAPPENED : outcome), save, clearProblem, stopWaiting, reset }
}

async function sendRow({ schema, id }: SavingOptions, changes: Row): Promise<RowResponse> {
  return id === null ? createRow(schema.name, changes) : updateRow(schema.name, id, changes)
}

function explain(error: unknown, schema: TableSchema): { problems: Problems; failure: string | null } {
  if (!(error instanceof ApiError)) throw error
  if (error.status === 401) return { problems: {}, failure: 'You were signed out. Sign in, then save again.' }
  const isColumn = schema.columns.some((column) => column.name === error.field)
  if (error.field !== null && isColumn) return { problems: { [error.field]: error.message }, failure: null }
  return { problems: {}, failure: error.message }
}
