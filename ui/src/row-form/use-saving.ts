import { useCallback, useEffect, useRef, useState } from 'react'
import type { Row, RowResponse } from '../../../src/contract/rows.ts'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { ApiError, createRow, updateRow } from '../api.ts'
import { useSessionRenewed } from '../sign-in/use-session-renewed.ts'
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
  onSaved: (response: RowResponse, purpose: SavePurpose) => void
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
  const signedOut = useRef<SavePurpose | null>(null)
  const latest = useLatest(options)

  const send = useCallback(
    async (purpose: SavePurpose) => {
      signedOut.current = null
      const isSignedOut = await sendEdits(latest.current, purpose, setOutcome)
      if (isSignedOut) signedOut.current = purpose
    },
    [latest],
  )

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

  // Whoever asked to save and was sent to sign in has asked already.
  useSessionRenewed(() => {
    if (signedOut.current !== null) void send(signedOut.current)
  })

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
  const reset = useCallback(() => {
    signedOut.current = null
    setOutcome(NOTHING_HAPPENED)
  }, [])
  // With nothing changed there is nothing that could have failed to be saved.
  const isMoot = outcome.saveState === 'failed' && options.id !== null && Object.keys(edits).length === 0
  return { ...(isMoot ? NOTHING_HAPPENED : outcome), save, clearProblem, stopWaiting, reset }
}

function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  return latest
}

/** @returns whether it was refused for want of a session */
async function sendEdits(
  options: SavingOptions,
  purpose: SavePurpose,
  setOutcome: (outcome: Outcome) => void,
): Promise<boolean> {
  const { forget, onSaved, schema, row, edits: sent } = options
  const { changes, problems } = collectChanges(schema, row, sent)
  if (Object.keys(problems).length > 0) {
    setOutcome({ saveState: 'failed', problems, failure: null })
    return false
  }
  setOutcome({ ...NOTHING_HAPPENED, saveState: 'saving' })
  try {
    const response = await sendRow(options, changes)
    forget(sent)
    setOutcome({ ...NOTHING_HAPPENED, saveState: 'saved' })
    onSaved(response, purpose)
    return false
  } catch (error) {
    setOutcome({ saveState: 'failed', ...explain(error, schema) })
    return error instanceof ApiError && error.status === 401
  }
}

async function sendRow({ schema, id }: SavingOptions, changes: Row): Promise<RowResponse> {
  return id === null ? createRow(schema.name, changes) : updateRow(schema.name, id, changes)
}

function explain(error: unknown, schema: TableSchema): { problems: Problems; failure: string | null } {
  if (!(error instanceof ApiError)) throw error
  if (error.status === 401)
    return { problems: {}, failure: 'You were signed out. It is saved as soon as you have signed in.' }
  const isColumn = schema.columns.some((column) => column.name === error.field)
  if (error.field !== null && isColumn) return { problems: { [error.field]: error.message }, failure: null }
  return { problems: {}, failure: error.message }
}
