import { isSharedLocation } from '../storage/core/fallback.ts'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import { type Command, type CommandCall, EXIT, type ExitCode } from './command.ts'
import { type ConfiguredColumn, requireColumn, requireStorage } from './configured-storages.ts'
import type { CopyJob } from './copy-file.ts'
import { copyFiles } from './copy-files.ts'
import { CopyProgress, describeReport } from './copy-progress.ts'
import { UsageError } from './usage-error.ts'

const DEFAULT_CONCURRENCY = 4
const GREATEST_CONCURRENCY = 64

/** Copies the files of a column to another storage. */
export const mediaCopyCommand: Command = {
  name: 'media copy',
  parameters: '<table.column> --to <storage>',
  summary: 'Copy every file of a column to another storage, under the same keys.',
  details: [
    'The target is one of storages in the configuration. Each copy is read back and compared by size and SHA-256.',
    'It can be stopped, or killed, and run again: a file that is there with the same size is not copied anew.',
    "When the column's storage is the target already, the files of its fallback are copied.",
  ],
  options: {
    to: { value: 'storage', meaning: 'The storage to copy to, by its name in the configuration.' },
    concurrency: {
      value: 'number',
      meaning: `Files at a time, 1 to ${GREATEST_CONCURRENCY}. Defaults to ${DEFAULT_CONCURRENCY}.`,
    },
    verify: { meaning: 'Compare also the bytes of files that are there already.' },
    'dry-run': { meaning: 'Change nothing; tell what there is to do.' },
    json: { meaning: 'Print the report as JSON.' },
  },
  exitCodes: {
    0: 'Every file is in the target.',
    1: 'Some files are not, or differ.',
    2: 'The command was called wrongly, or the configuration cannot be used.',
    130: 'It was stopped; run it again to go on.',
  },
  run: runMediaCopy,
}

async function runMediaCopy(call: CommandCall): Promise<ExitCode> {
  const { options, output } = call
  const { column, to, job } = toRenderJob(call)
  const concurrency = parseConcurrency(options.concurrency)
  output.log(`${job.dryRun ? 'Looking' : 'Copying'}: ${column} from ${job.source.location} to ${job.target.location}`)
  // What a killed run left unfinished takes up space until somebody removes it.
  if (!job.dryRun) await job.target.sweep()
  const progress = new CopyProgress(output)
  const report = await copyFiles(job, {
    concurrency,
    onProgress: (current) => progress.show(current),
    onFailure: ({ key, message }) => output.log(`failed ${key}: ${message}`),
  })
  if (report.listingFailure !== null) output.log(`failed: not all files could be listed: ${report.listingFailure}`)
  if (options.json === true) output.print(JSON.stringify({ column, to, dryRun: job.dryRun, ...report }, null, 2))
  else output.print(describeReport(report, job.dryRun))
  if (report.interrupted) return EXIT.interrupted
  return report.failed === 0 && report.listingFailure === null ? EXIT.success : EXIT.failure
}

function toRenderJob({ config, parameters, options, signal }: CommandCall): {
  column: string
  to: string
  job: CopyJob
} {
  const [name, ...rest] = parameters
  if (name === undefined || rest.length > 0 || typeof options.to !== 'string') {
    throw new UsageError('Say which column, and where to: vitrine media copy <table.column> --to <storage>.')
  }
  const column = requireColumn(config, name)
  const target = requireStorage(config, options.to)
  const job = {
    source: getSource(column, target),
    target,
    verify: options.verify === true,
    dryRun: options['dry-run'] === true,
    signal,
  }
  return { column: column.name, to: options.to, job }
}

/** Once the application uses the target, what is left to copy is what its fallback has. */
function getSource({ name, storage }: ConfiguredColumn, target: MediaStorage): MediaStorage {
  if (target.column !== storage.column) {
    throw new UsageError(
      `The target is for another column than ${name}: a clean-up of either would delete the other's files.`,
    )
  }
  if (!isSharedLocation(storage, target)) return storage
  if (storage.fallback !== null && storage.location === target.location) return storage.fallback
  throw new UsageError(`The files of ${name} are in the target already: ${target.location}`)
}

function parseConcurrency(text: string | boolean | undefined): number {
  if (text === undefined) return DEFAULT_CONCURRENCY
  const concurrency = Number(text)
  if (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= GREATEST_CONCURRENCY) return concurrency
  throw new UsageError(`--concurrency is ${text}, and must be a whole number from 1 to ${GREATEST_CONCURRENCY}.`)
}
