/** What several screens say. */
export const COMMON_MESSAGES = {
  'common.cancel': 'Cancel',
  'common.close': 'Close',
} as const
