import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { CleanUpFailure, CleanUpPlanRequest, CleanUpPlanResponse } from '../../../src/contract/clean-up.ts'
import { planCleanUp, restoreCleanUp, runCleanUp } from '../api.ts'
import type { MediaColumnName } from './use-media-columns.ts'

/** How far the clean-up of one column is. */
export type CleanUpState =
  | { phase: 'idle' }
  | { phase: 'planning' }
  | { phase: 'refused'; error: Error }
  | { phase: 'planned'; plan: CleanUpPlanResponse }
  | ({ phase: 'running' } & CleanUpProgress)
  | ({ phase: 'finished'; error: Error | null } & CleanUpProgress)
  | ({ phase: 'restoring' } & CleanUpProgress)
  | { phase: 'restored'; restored: number; failures: CleanUpFailure[] }

export interface CleanUpProgress {
  plan: CleanUpPlanResponse
  runId: string | null
  deleted: number
  bytes: number
  kept: number
  failures: CleanUpFailure[]
}

export interface CleanUp {
  state: CleanUpState
  plan: (request: CleanUpPlanRequest) => Promise<void>
  run: (plan: CleanUpPlanResponse) => Promise<void>
  restore: (progress: CleanUpProgress) => Promise<void>
  reset: () => void
}

/**
 * The clean-up of one column: a plan, its run in steps, and its undo. Leaving the page stops it between two steps; the
 * server has done the whole of every step that it answered.
 */
export function useCleanUp(column: MediaColumnName): CleanUp {
  const [state, setState] = useState<CleanUpState>({ phase: 'idle' })
  const queryClient = useQueryClient()
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => void (isHere.current = false)
  }, [])
  const refreshFiles = () => queryClient.invalidateQueries({ queryKey: ['files', column.table, column.column] })

  return {
    state,
    reset: () => setState({ phase: 'idle' }),
    plan: async (request) => {
      setState({ phase: 'planning' })
      try {
        setState({ phase: 'planned', plan: await planCleanUp(column, request) })
      } catch (error) {
        setState({ phase: 'refused', error: asError(error) })
      }
    },
    run: async (plan) => {
      let progress: CleanUpProgress = { plan, runId: null, deleted: 0, bytes: 0, kept: 0, failures: [] }
      setState({ phase: 'running', ...progress })
      try {
        for (let remaining = plan.count; remaining > 0 && isHere.current;) {
          const step = await runCleanUp(column, plan.planId)
          progress = {
            plan,
            runId: step.runId,
            deleted: progress.deleted + step.deleted,
            bytes: progress.bytes + step.bytes,
            kept: progress.kept + step.kept,
            failures: [...progress.failures, ...step.failures].slice(0, MAX_FAILURES),
          }
          remaining = step.remaining
          setState({ phase: 'running', ...progress })
        }
        setState({ phase: 'finished', error: null, ...progress })
      } catch (error) {
        setState({ phase: 'finished', error: asError(error), ...progress })
      }
      await refreshFiles()
    },
    restore: async (progress) => {
      if (progress.runId === null) return
      setState({ ...progress, phase: 'restoring' })
      try {
        const { restored, failures } = await restoreCleanUp(column, progress.runId)
        setState({ phase: 'restored', restored, failures })
      } catch (error) {
        setState({ ...progress, phase: 'finished', error: asError(error) })
      }
      await refreshFiles()
    },
  }
}

/** Failures that are listed: enough to see what is wrong. */
const MAX_FAILURES = 20

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
