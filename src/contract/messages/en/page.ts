import { CLEAN_UP_MESSAGES } from './page/clean-up.ts'
import { COMMON_MESSAGES } from './page/common.ts'
import { FORM_MESSAGES } from './page/form.ts'
import { LIST_MESSAGES } from './page/list.ts'
import { MEDIA_MESSAGES } from './page/media.ts'
import { SHELL_MESSAGES } from './page/shell.ts'
import { SIGN_IN_MESSAGES } from './page/sign-in.ts'
import { VIEWER_MESSAGES } from './page/viewer.ts'

/** Every sentence of the page, one file for each of its parts. */
export type PageMessages = typeof COMMON_MESSAGES &
  typeof SHELL_MESSAGES &
  typeof SIGN_IN_MESSAGES &
  typeof LIST_MESSAGES &
  typeof FORM_MESSAGES &
  typeof MEDIA_MESSAGES &
  typeof VIEWER_MESSAGES &
  typeof CLEAN_UP_MESSAGES

export const PAGE_MESSAGES: PageMessages = {
  ...COMMON_MESSAGES,
  ...SHELL_MESSAGES,
  ...SIGN_IN_MESSAGES,
  ...LIST_MESSAGES,
  ...FORM_MESSAGES,
  ...MEDIA_MESSAGES,
  ...VIEWER_MESSAGES,
  ...CLEAN_UP_MESSAGES,
}
