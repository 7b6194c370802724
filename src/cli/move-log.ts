import { appendFileSync } from 'node:fs'
import type { FileMove } from '../storage/clean-up/clean-up-options.ts'
import type { CommandCall, OptionDescription } from './command.ts'
import { UsageError } from './usage-error.ts'

/** The option of commands that move files. */
export const LOG_OPTION: OptionDescription = {
  value: 'file',
  meaning: 'Append a line of JSON for each file that went, came back or was destroyed.',
}

/**
 * What notes the moves of a column's files in the file that `--log` names. Each line is written before the next file moves: a
 * log that ends with the process would miss what matters most.
 *
 * @throws {UsageError} when that file cannot be written
 */
export function noteMoves({ options }: CommandCall, column: string): { onMove?: (move: FileMove) => void } {
  const { log } = options
  if (typeof log !== 'string') return {}
  const append = (text: string) => appendFileSync(log, text, { mode: 0o600 })
  try {
    append('')
  } catch (error) {
    throw new UsageError(`--log is ${log}, and cannot be written.`, { cause: error })
  }
  const by = { by: 'command line', user: process.getuid?.() ?? null }
  return { onMove: (move) => append(`${JSON.stringify({ time: new Date().toISOString(), ...by, column, ...move })}\n`) }
}
