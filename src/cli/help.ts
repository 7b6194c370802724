import type { Command, OptionDescription } from './command.ts'

/** Options of every command. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionDescription>> = {
  config: { value: 'path', meaning: 'The configuration. Defaults to vitrine.config.ts, .js or .mjs in this folder.' },
  help: { meaning: 'Show this help.' },
}

/** The help on all commands, or on those of a group such as `media`. */
export function commandsHelp(commands: readonly Command[], group = ''): string {
  const usage = ['vitrine', group, '<command> [options]'].filter((word) => word !== '').join(' ')
  const rows = commands.map(({ name, parameters, summary }) => [`${name} ${parameters}`.trim(), summary] as const)
  return [
    `Usage: ${usage}`,
    '',
    'Commands',
    ...table(rows),
    '',
    'vitrine <command> --help tells more about a command, and vitrine --version which version this is.',
  ].join('\n')
}

/** The help on one command. */
export function commandHelp({ name, parameters, summary, details, options, exitCodes }: Command): string {
  const optionRows = Object.entries({ ...options, ...COMMON_OPTIONS }).map(
    ([option, { value, meaning }]) => [`--${option}${value === undefined ? '' : ` <${value}>`}`, meaning] as const,
  )
  return [
    `Usage: vitrine ${name} ${parameters} [options]`,
    '',
    summary,
    ...details,
    '',
    'Options',
    ...table(optionRows),
    '',
    'Exit codes',
    ...table(Object.entries(exitCodes)),
  ].join('\n')
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length)) + 2
  return rows.map(([first, second]) => `  ${first.padEnd(width)}${second}`)
}
