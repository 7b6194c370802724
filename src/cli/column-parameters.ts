import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'
import type { CommandCall } from './command.ts'
import { type ConfiguredColumn, getColumns, requireColumn } from './configured-storages.ts'
import { UsageError } from './usage-error.ts'

/** The columns that the parameters name; all of the configuration when they name none. */
export function chosenColumns({ config, parameters }: CommandCall): ConfiguredColumn[] {
  return parameters.length === 0 ? getColumns(config) : parameters.map((name) => requireColumn(config, name))
}

/** @throws {UsageError} when the configuration has no database */
export function requireDatabase({ config }: CommandCall): ReferenceDatabase {
  if (config.db !== undefined) return config.db
  throw new UsageError('This command needs to know which files are referenced: give db to defineConfig.')
}

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
])

/** Seconds out of `90`, `90s`, `15m`, `24h` or `30d`. */
export function parseDuration(name: string, text: string | boolean | undefined): number | undefined {
  if (text === undefined) return undefined
  const [, digits, unit] = /^(\d+)([smhd]?)$/.exec(String(text)) ?? []
  const seconds = SECONDS.get(unit ?? '')
  if (digits !== undefined && seconds !== undefined) return Number(digits) * seconds
  throw new UsageError(`--${name} is ${text}, and must be a number of seconds, or one such as 15m, 24h or 30d.`)
}

/** A number that is not negative. */
export function parseNumber(
  name: string,
  text: string | boolean | undefined,
  most: number = Infinity,
): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text !== '' && value >= 0 && value <= most) return value
  throw new UsageError(`--${name} is ${text}, and must be a number from 0${most === Infinity ? '' : ` to ${most}`}.`)
}
