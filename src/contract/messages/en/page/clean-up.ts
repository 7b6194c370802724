export const CLEAN_UP_MESSAGES = {} as const
