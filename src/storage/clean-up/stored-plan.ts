import type { HiddenFiles } from '../hidden/hidden-files.ts'

/** The hidden folder of plans, and the longest life of one, in milliseconds. */
const FOLDER = 'plans/'
const LIFE = 24 * 3600 * 1000

/** What was shown to somebody who may now confirm it. It is kept in the storage, so that any server can carry it out. */
export interface StoredPlan {
  /** By which what goes can be restored. */
  readonly runId: string
  /** What still is to go: keys and sizes. */
  readonly files: readonly (readonly [key: string, size: number])[]
}

export async function writePlan(hiddenFiles: HiddenFiles, planId: string, plan: StoredPlan): Promise<void> {
  await hiddenFiles.write(`${FOLDER}${planId}.json`, new Blob([JSON.stringify(plan)]))
}

/** `null` when there is none of this name, or it was carried out. */
export async function readPlan(hiddenFiles: HiddenFiles, planId: string): Promise<StoredPlan | null> {
  if (!PLAN_ID.test(planId)) return null
  const file = await hiddenFiles.open(`${FOLDER}${planId}.json`)
  if (file === null) return null
  const plan: unknown = JSON.parse(await file.text())
  if (isPlan(plan)) return plan
  throw new TypeError(`${FOLDER}${planId}.json is no plan of a clean-up.`)
}

export async function removePlan(hiddenFiles: HiddenFiles, planId: string): Promise<void> {
  await hiddenFiles.remove(`${FOLDER}${planId}.json`)
}

/** Removes plans that nobody confirmed. */
export async function removeOldPlans(hiddenFiles: HiddenFiles, now: Date): Promise<void> {
  for await (const { path, lastModified } of hiddenFiles.list(FOLDER)) {
    if (lastModified.getTime() < now.getTime() - LIFE) await hiddenFiles.remove(path)
  }
}

/** Attack: a name from a request reaches a path; nothing but what we make ourselves does. */
const PLAN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function isPlan(value: unknown): value is StoredPlan {
  return (
    typeof value === 'object' && value !== null && 'runId' in value && 'files' in value && Array.isArray(value.files)
  )
}
