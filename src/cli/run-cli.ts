import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Command, type CommandCall, EXIT, type ExitCode } from './command.ts'
import { COMMANDS } from './commands.ts'
import { COMMON_OPTIONS, commandHelp, commandsHelp } from './help.ts'
import { loadConfig } from './load-config.ts'
import { type Output, createOutput } from './output.ts'
import { describeDatabaseProblem } from '../tables/database-problem.ts'
import { UsageError } from './usage-error.ts'

/** Runs the command that the arguments name, and gives the exit code. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  const output = createOutput(process)
  try {
    return await dispatch(args, output)
  } catch (error) {
    output.log(`vitrine: ${describeError(error)}`)
    return error instanceof UsageError ? EXIT.usage : EXIT.failure
  }
}

async function dispatch(args: readonly string[], output: Output): Promise<ExitCode> {
  const words = args.slice(0, firstOption(args))
  const command = COMMANDS.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
  if (command !== undefined) return runCommand(command, args.slice(command.name.split(' ').length), output)
  const [group = ''] = words
  const members = COMMANDS.filter(({ name }) => name.startsWith(`${group} `))
  const isAsking = args.includes('--help') || args.includes('-h') || (args.length === words.length && words.length < 2)
  if (words.length === 0 && args.includes('--version')) output.print(await readVersion())
  else if (isAsking && (words.length === 0 || members.length > 0)) output.print(helpOn(members, group))
  else throw unknownCommand(words, members)
  return EXIT.success
}

function firstOption(args: readonly string[]): number {
  const index = args.findIndex((argument) => argument.startsWith('-'))
  return index < 0 ? args.length : index
}

function helpOn(members: readonly Command[], group: string): string {
  return members.length === 0 ? commandsHelp(COMMANDS) : commandsHelp(members, group)
}

async function runCommand(command: Command, args: readonly string[], output: Output): Promise<ExitCode> {
  const { parameters, options } = parse(command, args)
  if (options.help === true) {
    output.print(commandHelp(command))
    return EXIT.success
  }
  const config = await loadConfig(typeof options.config === 'string' ? options.config : undefined)
  try {
    return await command.run({ config, parameters, options, output, signal: interruption() })
  } finally {
    await config.close?.()
  }
}

/** @throws {UsageError} for an option that the command does not have */
function parse(command: Command, args: readonly string[]): Pick<CommandCall, 'parameters' | 'options'> {
  const described = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(([name, { value }]) => {
    const type: 'boolean' | 'string' = value === undefined ? 'boolean' : 'string'
    return [name, name === 'help' ? { type, short: 'h' } : { type }] as const
  })
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: Object.fromEntries(described),
      allowPositionals: true,
    })
    return { parameters: positionals, options: values }
  } catch (error) {
    // After its first sentence Node tells how to pass what looks like an option and is none.
    const [problem = ''] = describeError(error).split('. ')
    throw new UsageError(`${problem}. See vitrine ${command.name} --help.`, { cause: error })
  }
}

function unknownCommand(words: readonly string[], members: readonly Command[]): UsageError {
  const names = (members.length === 0 ? COMMANDS : members).map(({ name }) => name).join(', ')
  if (words.length === 0) return new UsageError(`A command is missing: it is one of ${names}. See vitrine --help.`)
  return new UsageError(`There is no command "${words.join(' ')}": it is one of ${names}. See vitrine --help.`)
}

/** The first Ctrl+C asks the command to stop in order; the second one ends the process as ever. */
function interruption(): AbortSignal {
  const abort = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort())
  return abort.signal
}

async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  const { version }: { version?: unknown } = JSON.parse(text)
  return String(version)
}

/** With the causes, which tell what the system said. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const problem = describeDatabaseProblem(error)
  if (problem !== null) return problem
  return error.cause instanceof Error && !(error instanceof UsageError)
    ? `${error.message} (${error.cause.message})`
    : error.message
}
