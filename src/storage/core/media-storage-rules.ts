import type { PgColumn } from 'drizzle-orm/pg-core'
import type { OptionRules } from '../../options/check-options.ts'
import { column } from '../../options/drizzle-rules.ts'
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
} from '../../options/option-rules.ts'
import type { ImageLimits } from '../content/content-rules.ts'
import type { MediaStorageOptions } from './media-storage.ts'

const imageLimits: OptionRules<ImageLimits> = { maxWidth: number, maxHeight: number, maxPixels: number }

/** What each option that all storages have may be. */
export const MEDIA_STORAGE_RULES: OptionRules<MediaStorageOptions<PgColumn>> = {
  column: required(column),
  allowedExtensions: nullOr(texts),
  allowedCharacters: nullOr(either(text, texts)),
  maxFileSize: nullOr(number),
  fallback: objectWith('a storage', 'storeFile'),
  references: arrayWith('an array of columns', column),
  whenUnreferenced: oneOf('keep', 'trash'),
  contentCheck: oneOf('refuse', 'off'),
  svg: oneOf('sanitise', 'refuse', 'keep'),
  metadata: oneOf('strip-location', 'strip', 'keep'),
  imageLimits: nullOr(nestedOptions(imageLimits)),
  verifyFile: callback,
  verifyTimeout: number,
}
