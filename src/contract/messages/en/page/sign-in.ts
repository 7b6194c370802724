export const SIGN_IN_MESSAGES = {} as const
