import type { VitrineConfig } from './define-config.ts'
import type { Output } from './output.ts'

/** How a command ended. */
export const EXIT = { success: 0, failure: 1, usage: 2, refused: 3, interrupted: 130 } as const

/** An exit code. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** An option of a command, by the name behind its two hyphens. */
export interface OptionDescription {
  /** The word for its value in the help; without it the option is a switch. */
  readonly value?: string
  readonly meaning: string
}

/** A command of the command line. To add one, write it in a file of its own and put it into `commands.ts`. */
export interface Command {
  /** One word or two: `doctor`, `media copy`. */
  readonly name: string
  /** What follows the name: `<table.column>`. */
  readonly parameters: string
  /** What it does, in a line. */
  readonly summary: string
  /** More about it, in lines of at most 100 characters. */
  readonly details: readonly string[]
  readonly options: Readonly<Record<string, OptionDescription>>
  /** What its exit codes mean. */
  readonly exitCodes: Readonly<Record<number, string>>
  run(call: CommandCall): Promise<ExitCode>
}

/** What a command is called with. */
export interface CommandCall {
  readonly config: VitrineConfig
  readonly parameters: readonly string[]
  /** Values of the options that were given: a text, or `true` for a switch. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  readonly output: Output
  /** Fires when the user wants the command to stop. */
  readonly signal: AbortSignal
}
