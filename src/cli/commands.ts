import type { Command } from './command.ts'
import { doctorCommand } from './doctor.ts'
import { mediaCheckCommand } from './media-check.ts'
import { mediaCleanCommand } from './media-clean.ts'
import { mediaCopyCommand } from './media-copy.ts'
import { mediaListCommand, mediaUnusedCommand } from './media-list.ts'
import { mediaPurgeCommand } from './media-purge.ts'
import { mediaRestoreCommand } from './media-restore.ts'
import { userCreateCommand, userResetCommand } from './user-create.ts'

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  doctorCommand,
  userCreateCommand,
  userResetCommand,
  mediaListCommand,
  mediaCheckCommand,
  mediaUnusedCommand,
  mediaCleanCommand,
  mediaRestoreCommand,
  mediaPurgeCommand,
  mediaCopyCommand,
]
