import type { Command } from './command.ts'
import { doctorCommand } from './doctor.ts'
import { mediaCopyCommand } from './media-copy.ts'

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [doctorCommand, mediaCopyCommand]
