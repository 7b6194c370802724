import { showingProgress } from './clean-up-progress.ts'
import { type Command, type CommandCall, EXIT, type ExitCode } from './command.ts'
import { chosenColumns, parseDuration, requireDatabase } from './column-parameters.ts'

const EXIT_CODES = {
  0: 'All were listed.',
  1: 'The listing broke off.',
  2: 'The command was called wrongly, or the configuration cannot be used.',
  130: 'It was stopped.',
}

const JSON_LINES = { meaning: 'Print each as JSON, one in a line.' }

/** Lists stored files. */
export const mediaListCommand: Command = {
  name: 'media list',
  parameters: '[table.column ...]',
  summary: 'List the stored files with size and age, or what is in the trash.',
  details: ['Without names it lists those of every media column.'],
  options: { trash: { meaning: 'List the trash, with the runs by which it can be restored.' }, json: JSON_LINES },
  exitCodes: EXIT_CODES,
  run: runMediaList,
}

/** Lists unused files. */
export const mediaUnusedCommand: Command = {
  name: 'media unused',
  parameters: '[table.column ...]',
  summary: 'List the files that nothing references.',
  details: ['It changes nothing. Without names it looks at every media column.'],
  options: {
    'older-than': { value: 'time', meaning: 'Leave out younger files: 3600, 15m, 24h, 30d. Defaults to 24h.' },
    'allow-empty': { meaning: 'Go on although no row references any file.' },
    json: JSON_LINES,
  },
  exitCodes: { ...EXIT_CODES, 1: 'The listing broke off, or what the database answers is not to be believed.' },
  run: runMediaUnused,
}

async function runMediaList(call: CommandCall): Promise<ExitCode> {
  const { options, output, signal } = call
  for (const { name, storage } of chosenColumns(call)) {
    const files = options.trash === true ? (storage.trash?.list() ?? []) : storage.listFiles()
    for await (const file of files) {
      if (signal.aborted) return EXIT.interrupted
      const moment = 'runId' in file ? file.trashedAt : file.lastModified
      const run = 'runId' in file ? { runId: file.runId } : {}
      const entry = { column: name, key: file.key, size: file.size, ...run }
      if (options.json === true) output.print(JSON.stringify({ ...entry, time: moment.toISOString() }))
      else
        output.print(
          [name, moment.toISOString(), String(file.size).padStart(12), ...Object.values(run), file.key].join('  '),
        )
    }
  }
  return EXIT.success
}

async function runMediaUnused(call: CommandCall): Promise<ExitCode> {
  const { options, output, signal } = call
  const db = requireDatabase(call)
  const olderThan = parseDuration('older-than', options['older-than'])
  const chosen = { allowEmpty: options['allow-empty'] === true, ...(olderThan === undefined ? {} : { olderThan }) }
  for (const { name, storage } of chosenColumns(call)) {
    for await (const key of storage.getUnusedFileKeys(db, { ...chosen, onProgress: showingProgress(output, name) })) {
      if (signal.aborted) return EXIT.interrupted
      output.print(options.json === true ? JSON.stringify({ column: name, key }) : `${name}  ${key}`)
    }
  }
  return EXIT.success
}
