/**
 * What went wrong, as a sentence. A key is an error code, or a code and the reason that tells its cases apart. The server
 * sends code, reason and parameters besides the English sentence, so that the page can say it in its own language.
 */
export const ERROR_MESSAGES = {
  NOT_FOUND: 'There is nothing at this URL.',
} as const
