export const SHELL_MESSAGES = {} as const
