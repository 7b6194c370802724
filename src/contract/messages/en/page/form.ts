export const FORM_MESSAGES = {} as const
