import { chosenColumns, requireDatabase } from './column-parameters.ts'
import { type Problem, type ProblemKind, checkFiles } from './check-files.ts'
import { type Command, type CommandCall, EXIT, type ExitCode } from './command.ts'

/** Problems of each column that the JSON holds. */
const REPORTED_PROBLEMS = 1000

/** Looks for what is missing and what is damaged. */
export const mediaCheckCommand: Command = {
  name: 'media check',
  parameters: '[table.column ...]',
  summary: 'Look for missing, unused, empty, unreadable and mislabelled files.',
  details: [
    'It changes nothing, and reads the beginning of every file. Without names it looks at every media column.',
    'missing: a row references a file that is not there. type: the content is not what the extension says.',
    'empty: no bytes. unreadable: it cannot be read. unused, duplicate: for information, they fail nothing.',
  ],
  options: {
    duplicates: { meaning: 'Read every file whole, and tell those with the same bytes.' },
    json: { meaning: `Print the result as JSON, with at most ${REPORTED_PROBLEMS} problems of each column.` },
  },
  exitCodes: {
    0: 'Nothing is missing or damaged.',
    1: 'Something is missing or damaged, or it broke off.',
    2: 'The command was called wrongly, or the configuration cannot be used.',
    130: 'It was stopped.',
  },
  run: runMediaCheck,
}

async function runMediaCheck(call: CommandCall): Promise<ExitCode> {
  const { options, output, signal } = call
  const db = requireDatabase(call)
  const results: { column: string; counts: Record<ProblemKind, number>; problems: Problem[] }[] = []
  for (const { name, storage } of chosenColumns(call)) {
    const counts: Record<ProblemKind, number> = {
      missing: 0,
      type: 0,
      empty: 0,
      unreadable: 0,
      unused: 0,
      duplicate: 0,
    }
    const problems: Problem[] = []
    for await (const problem of checkFiles({ storage, db, signal, findsDuplicates: options.duplicates === true })) {
      counts[problem.kind] += 1
      if (problems.length < REPORTED_PROBLEMS) problems.push(problem)
      if (options.json !== true) output.print(`${problem.kind.padEnd(11)}${name}  ${problem.key}  ${problem.message}`)
    }
    if (signal.aborted) return EXIT.interrupted
    results.push({ column: name, counts, problems })
    if (options.json !== true) output.print(`${name}: ${getSummary(counts)}`)
  }
  const isAudio = results.every(({ counts }) => counts.missing + counts.type + counts.empty + counts.unreadable === 0)
  if (options.json === true) output.print(JSON.stringify({ ok: isAudio, columns: results }, null, 2))
  return isAudio ? EXIT.success : EXIT.failure
}

function getSummary(counts: Record<ProblemKind, number>): string {
  return Object.entries(counts)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')
}
