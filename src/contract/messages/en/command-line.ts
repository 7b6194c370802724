/** What the `vitrine` command says. */
export const COMMAND_LINE_MESSAGES = {} as const
