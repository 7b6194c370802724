import { PAGE_LOCALES } from '../contract/messages/locales.ts'
import type { OptionRules } from '../options/check-options.ts'
import { database, tableOrConfig } from '../options/drizzle-rules.ts'
import {
  arrayWith,
  callback,
  either,
  nullOr,
  number,
  objectWith,
  oneOf,
  nestedOptions,
  required,
  text,
  texts,
  trueOrFalse,
} from '../options/option-rules.ts'
import type { UploadFromUrlOptions } from '../media/from-url/fetch-remote-file.ts'
import type { UploadLimits } from '../media/upload-slots.ts'

import type { AdminOptions } from './admin-options.ts'

const uploadLimits: OptionRules<UploadLimits> = { perUser: number, total: number, timeout: number }

const uploadFromUrl: OptionRules<UploadFromUrlOptions> = {
  timeout: number,
  allowedHosts: texts,
  allowedPorts: arrayWith('an array of ports', number),
  allowedNetworks: texts,
  resolve: callback,
}

/** What each option of `createAdmin` may be. */
export const ADMIN_OPTION_RULES: OptionRules<AdminOptions> = {
  db: database,
  tables: required(arrayWith('an array of tables, such as [movie, director]', tableOrConfig)),
  auth: objectWith('what createAuth returns', 'getUser', 'createUser'),
  authenticate: callback,
  basePath: text,
  readOnly: trueOrFalse,
  fileNames: oneOf('clean', 'strict'),
  uploadFromUrl: either(trueOrFalse, nestedOptions(uploadFromUrl)),
  uploadLimits: nestedOptions(uploadLimits),
  uploadExpiry: number,
  unsavedUploadExpiry: nullOr(number),
  thumbnails: objectWith('a Thumbnails', 'find'),
  siteName: text,
  accentColor: text,
  logoUrl: text,
  locale: oneOf(...PAGE_LOCALES),
  logger: objectWith('an object with the method error', 'error'),
  trustedProxies: texts,
  origin: either(text, texts),
}
