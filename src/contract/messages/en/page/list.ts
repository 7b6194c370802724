export const LIST_MESSAGES = {} as const
