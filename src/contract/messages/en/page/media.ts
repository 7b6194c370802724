export const MEDIA_MESSAGES = {} as const
