import type { Trash } from '../storage/clean-up/trash.ts'
import { type Command, type CommandCall, EXIT, type ExitCode } from './command.ts'
import { requireColumn } from './configured-storages.ts'
import { noteMoves } from './move-log.ts'
import { UsageError } from './usage-error.ts'

/** Brings files back from the trash. */
export const mediaRestoreCommand: Command = {
  name: 'media restore',
  parameters: '<table.column> [key ...]',
  summary: 'Bring files back from the trash, by their keys or all that a clean-up took.',
  details: ['A file that comes back counts as new: the next clean-up does not take it at once.'],
  options: {
    run: { value: 'run', meaning: 'The run to undo; media clean prints it, and media list --trash lists them.' },
    log: { value: 'file', meaning: 'With --run: append a line of JSON for each file that came back.' },
    json: { meaning: 'Print the report as JSON.' },
  },
  exitCodes: {
    0: 'All are back.',
    1: 'Some are not in the trash, or could not be brought back.',
    2: 'The command was called wrongly, or the configuration cannot be used.',
  },
  run: runMediaRestore,
}

async function runMediaRestore(call: CommandCall): Promise<ExitCode> {
  const { config, parameters, options, output } = call
  const [name, ...keys] = parameters
  const { run } = options
  if (name === undefined || (typeof run === 'string') === keys.length > 0) {
    throw new UsageError(
      'Say which files: vitrine media restore <table.column> --run <run>, or keys instead of the run.',
    )
  }
  const { trash } = requireColumn(config, name).storage
  if (trash === null) throw new UsageError(`${name} has no trash: its storage has no hidden files.`)
  const report: RestoredFiles =
    typeof run === 'string'
      ? await restoreRun(trash, run, noteMoves(call, name))
      : { restored: 0, failed: 0, failures: [] }
  for (const key of keys) {
    if (await trash.restoreFile(key)) report.restored += 1
    else {
      report.failed += 1
      report.failures.push({ key, message: 'It is not in the trash.' })
    }
  }
  for (const { key, message } of report.failures) output.log(`failed ${key}: ${message}`)
  if (options.json === true) output.print(JSON.stringify({ column: name, ...report }, null, 2))
  else output.print(`${name}: ${report.restored} files restored, ${report.failed} failed.`)
  return report.failed === 0 ? EXIT.success : EXIT.failure
}

interface RestoredFiles {
  restored: number
  failed: number
  failures: { key: string; message: string }[]
}

async function restoreRun(trash: Trash, run: string, noted: ReturnType<typeof noteMoves>): Promise<RestoredFiles> {
  const { restored, failed, failures } = await trash.restoreRun(run, noted)
  if (restored + failed > 0) {
    return { restored, failed, failures: failures.map(({ key, error }) => ({ key, message: error.message })) }
  }
  return { restored, failed: 1, failures: [{ key: run, message: 'There is nothing of this run in the trash.' }] }
}
