import type { CleanUpError } from '../storage/clean-up/clean-up-error.ts'
import type {
  CleanUpPlan,
  DeleteUnusedFilesOptions,
  DeleteUnusedFilesReport,
} from '../storage/clean-up/clean-up-options.ts'
import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'
import { megabytes, showingProgress } from './clean-up-progress.ts'
import { chosenColumns, parseDuration, parseNumber, requireDatabase } from './column-parameters.ts'
import { type Command, type CommandCall, EXIT, type ExitCode } from './command.ts'
import type { ConfiguredColumn } from './configured-storages.ts'
import { LOG_OPTION, noteMoves } from './move-log.ts'

/** Puts unused files into the trash. */
export const mediaCleanCommand: Command = {
  name: 'media clean',
  parameters: '[table.column ...]',
  summary: 'Put the files that nothing references into the trash, or delete them for good.',
  details: [
    'Without names it cleans up every media column. It asks before it begins; the only yes is y.',
    'What is in the trash can be brought back by media restore, until it is purged after 30 days.',
  ],
  options: {
    yes: { meaning: 'Do not ask.' },
    'dry-run': { meaning: 'Change nothing; tell what would go.' },
    'older-than': { value: 'time', meaning: 'Keep younger files: 3600, 15m, 24h, 30d. Defaults to 24h.' },
    limit: { value: 'number', meaning: 'Most files of a column that go.' },
    'max-fraction': {
      value: 'part',
      meaning: 'Refuse when more than this part of all files would go. Defaults to 0.5.',
    },
    'allow-empty': { meaning: 'Go on although no row references any file.' },
    permanent: { meaning: 'Delete for good: nothing can be brought back.' },
    'purge-after': { value: 'time', meaning: 'Destroy what is in the trash for longer. Defaults to 30d.' },
    log: LOG_OPTION,
    json: { meaning: 'Print the reports as JSON.' },
  },
  exitCodes: {
    0: 'All that was to go has gone, or there was nothing.',
    1: 'Some files could not be deleted, it broke off, or the answer was not y.',
    2: 'The command was called wrongly, or the configuration cannot be used.',
    3: 'It refused: what the database answers, or how much would go, is not to be believed.',
    130: 'It was stopped; what it did is in the report.',
  },
  run: runMediaClean,
}

/** What came of one column. */
interface Outcome {
  column: string
  /** The error's code and sentence, and what the database or the system said underneath; `null` when there was none. */
  error: { code: string; message: string; cause: string | null } | null
  report: DeleteUnusedFilesReport
  declined: boolean
}

async function runMediaClean(call: CommandCall): Promise<ExitCode> {
  const job = { db: requireDatabase(call), options: parseOptions(call) }
  const outcomes: Outcome[] = []
  for (const column of chosenColumns(call)) {
    if (call.signal.aborted) break
    const outcome = await cleanColumn(call, column, job)
    outcomes.push(outcome)
    if (call.options.json !== true) describe(call, outcome)
  }
  if (call.options.json === true) call.output.print(JSON.stringify(outcomes.map(asJson), null, 2))
  if (call.signal.aborted) return EXIT.interrupted
  if (outcomes.some(({ error }) => error?.code === 'CLEAN_UP_REFUSED')) return EXIT.refused
  const isDone = outcomes.every(({ error, report, declined }) => error === null && report.failed === 0 && !declined)
  return isDone ? EXIT.success : EXIT.failure
}

interface CleanJob {
  db: ReferenceDatabase
  options: DeleteUnusedFilesOptions
}

async function cleanColumn(call: CommandCall, { name, storage }: ConfiguredColumn, job: CleanJob): Promise<Outcome> {
  let declined = false
  const confirm = async (plan: CleanUpPlan) => {
    if (call.options.yes === true) return true
    for (const key of plan.examples) call.output.log(`  ${key}`)
    declined = (await call.output.ask(getQuestion(name, plan, job.options))) !== 'y'
    return !declined
  }
  const onProgress = showingProgress(call.output, name)
  const noted = noteMoves(call, name)
  try {
    const options = { ...job.options, ...noted, confirm, onProgress, signal: call.signal }
    return { column: name, error: null, report: await storage.deleteUnusedFiles(job.db, options), declined }
  } catch (error) {
    if (!isCleanUpError(error)) throw error
    const { code, message, report } = error
    return { column: name, error: { code, message, cause: getDeepestCause(error) }, report, declined }
  }
}

function parseOptions({ options }: CommandCall): DeleteUnusedFilesOptions {
  const olderThan = parseDuration('older-than', options['older-than'])
  const purgeAfter = parseDuration('purge-after', options['purge-after'])
  const limit = parseNumber('limit', options.limit)
  const maxFraction = parseNumber('max-fraction', options['max-fraction'], 1)
  return {
    allowEmpty: options['allow-empty'] === true,
    dryRun: options['dry-run'] === true,
    permanent: options.permanent === true,
    ...(olderThan === undefined ? {} : { olderThan }),
    ...(purgeAfter === undefined ? {} : { purgeAfter }),
    ...(limit === undefined ? {} : { limit }),
    ...(maxFraction === undefined ? {} : { maxFraction }),
  }
}

/** By its form and not its class: the configuration may bring a copy of Vitrine of its own. */
function isCleanUpError(error: unknown): error is CleanUpError {
  return error instanceof Error && 'refusal' in error && 'report' in error
}

/** The errors between tell statements and stacks; the last one tells what to mend. */
function getDeepestCause({ cause }: Error): string | null {
  if (!(cause instanceof Error)) return null
  return getDeepestCause(cause) ?? cause.message
}

function getQuestion(column: string, { count, bytes }: CleanUpPlan, { permanent }: DeleteUnusedFilesOptions): string {
  const what = permanent === true ? 'be deleted for good' : 'go into the trash'
  return `${column}: ${count} files (${megabytes(bytes)}) are unused, such as these. Shall they ${what}? [y/n] `
}

function describe({ output, options }: CommandCall, { column, error, report, declined }: Outcome): void {
  for (const { key, error: failure } of report.failures) output.log(`failed ${key}: ${failure.message}`)
  if (error !== null) output.print(`${column}: ${error.message}${error.cause === null ? '' : ` (${error.cause})`}`)
  else if (declined) output.print(`${column}: Nothing was deleted.`)
  else if (options['dry-run'] === true) {
    output.print(
      `${column}: ${report.unused} of ${report.examined} files would go (${megabytes(report.bytes)}); ${report.young} are too young.`,
    )
  } else {
    const { deleted, bytes, restored, purged, failed, young, runId } = report
    const undo = runId === null ? '' : ` To undo it: vitrine media restore ${column} --run ${runId}`
    output.print(
      `${column}: ${deleted} of ${report.examined} files deleted (${megabytes(bytes)}), ${restored} restored, ${purged} purged, ${failed} failed, ${young} too young.${undo}`,
    )
  }
}

function asJson({ report: { failures, ...report }, ...outcome }: Outcome) {
  return { ...outcome, ...report, failures: failures.map(({ key, error }) => ({ key, message: error.message })) }
}
