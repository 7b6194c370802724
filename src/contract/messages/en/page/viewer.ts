export const VIEWER_MESSAGES = {} as const
