import { showingProgress } from './clean-up-progress.ts'
import { chosenColumns, parseDuration, requireDatabase } from './column-parameters.ts'
import { type Command, type CommandCall, EXIT, type ExitCode } from './command.ts'
import type { ConfiguredColumn } from './configured-storages.ts'
import { LOG_OPTION, noteMoves } from './move-log.ts'

/** Destroys what has been in the trash long enough. */
export const mediaPurgeCommand: Command = {
  name: 'media purge',
  parameters: '[table.column ...]',
  summary: 'Destroy what has been in the trash long enough.',
  details: ['What a row references by now comes back instead. media clean does this too, at its end.'],
  options: {
    'purge-after': { value: 'time', meaning: 'Destroy what is in the trash for longer: 24h, 30d. Defaults to 30d.' },
    'allow-empty': { meaning: 'Go on although no row references any file.' },
    yes: { meaning: 'Do not ask.' },
    log: LOG_OPTION,
    json: { meaning: 'Print the reports as JSON.' },
  },
  exitCodes: {
    0: 'All that was to go is destroyed, or there was nothing.',
    1: 'Some files could not be destroyed, or the answer was not y.',
    2: 'The command was called wrongly, or the configuration cannot be used.',
    130: 'It was stopped.',
  },
  run: runMediaPurge,
}

async function runMediaPurge(call: CommandCall): Promise<ExitCode> {
  const { options, output, signal } = call
  const columns = chosenColumns(call)
  const names = columns.map(({ name }) => name).join(', ')
  const question = `Destroy for good what is old enough in the trash of ${names}? [y/n] `
  if (options.yes !== true && (await output.ask(question)) !== 'y') {
    output.print('Nothing was destroyed.')
    return EXIT.failure
  }
  const reports: PurgedColumn[] = []
  for (const column of columns) {
    const report = await purgeColumn(call, column)
    reports.push(report)
    const { purged, restored, failed } = report
    if (options.json !== true) {
      output.print(`${column.name}: ${purged} files destroyed, ${restored} restored, ${failed} failed.`)
    }
    if (signal.aborted) return EXIT.interrupted
  }
  if (options.json === true) output.print(JSON.stringify(reports, null, 2))
  return reports.every(({ failed }) => failed === 0) ? EXIT.success : EXIT.failure
}

interface PurgedColumn {
  column: string
  purged: number
  restored: number
  failed: number
}

async function purgeColumn(call: CommandCall, { name, storage }: ConfiguredColumn): Promise<PurgedColumn> {
  const { options, output, signal } = call
  const purgeAfter = parseDuration('purge-after', options['purge-after'])
  const report = await storage.trash?.purge(requireDatabase(call), {
    allowEmpty: options['allow-empty'] === true,
    signal,
    onProgress: showingProgress(output, name),
    ...noteMoves(call, name),
    ...(purgeAfter === undefined ? {} : { purgeAfter }),
  })
  const { purged = 0, restored = 0, failed = 0 } = report ?? {}
  return { column: name, purged, restored, failed }
}
