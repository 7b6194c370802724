import { type Command, type CommandCall, EXIT, type ExitCode } from './command.ts'
import { askPassword, requireAuth, requireText } from './user-account.ts'

const EXIT_CODES = {
  0: 'It is done.',
  1: 'It is not: the e-mail address, the name or the password cannot be used, or the database cannot.',
  2: 'The command was called wrongly, or the configuration cannot be used.',
}

const PASSWORD = 'The password is asked for without being shown, or read as the first line of the standard input.'

/** Creates an account of the admin. */
export const userCreateCommand: Command = {
  name: 'user create',
  parameters: '',
  summary: 'Create a user who can sign in to the admin.',
  details: [PASSWORD, 'The tables for sign-in are created when they are missing.'],
  options: {
    email: { value: 'address', meaning: 'What to sign in with. Asked for when it is left out.' },
    name: { value: 'text', meaning: 'How the admin shows the user. Asked for when it is left out.' },
  },
  exitCodes: EXIT_CODES,
  run: runUserCreate,
}

/** Gives a user another password. */
export const userResetCommand: Command = {
  name: 'user reset',
  parameters: '',
  summary: 'Set another password for a user, and end all of their sessions.',
  details: [PASSWORD],
  options: { email: { value: 'address', meaning: 'Whose password it is. Asked for when it is left out.' } },
  exitCodes: EXIT_CODES,
  run: runUserReset,
}

async function runUserCreate(call: CommandCall): Promise<ExitCode> {
  const auth = await requireAuth(call)
  const email = await requireText(call, 'email', 'E-mail address: ')
  const name = await requireText(call, 'name', 'Name: ')
  const password = await askPassword(call)
  const user = await auth.createUser({ email, name, password })
  call.output.print(`Created the user ${user.email}.`)
  return EXIT.success
}

async function runUserReset(call: CommandCall): Promise<ExitCode> {
  const auth = await requireAuth(call)
  const email = await requireText(call, 'email', 'E-mail address: ')
  const password = await askPassword(call)
  await auth.setPassword(email, password)
  call.output.print(`Changed the password of ${email}, and ended all of their sessions.`)
  return EXIT.success
}
