import type { PageLocale } from '../contract/messages/locales.ts'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { AdminAuth } from '../auth/create-auth.ts'
import type { Authenticate } from '../auth/authenticator.ts'
import type { UploadFromUrlOptions } from '../media/from-url/fetch-remote-file.ts'
import type { FileNameTreatment } from '../media/receive-upload.ts'
import type { UploadLimits } from '../media/upload-slots.ts'
import type { Thumbnails } from '../media/thumbnails/thumbnails.ts'
import type { Database } from '../tables/database.ts'
import type { AdminLogger } from './admin-logger.ts'
import type { ConnectionOptions } from './middleware/client-connection.ts'
import type { TableConfig } from './table-config.ts'

/** What {@link createAdmin} takes. */
export interface AdminOptions extends ConnectionOptions {
  /** The application's own database, through Drizzle. */
  db: Database
  /** The tables to show: a Drizzle table, or `tableConfig(...)` where there is more to say. */
  tables: readonly (PgTable | TableConfig)[]
  /** Sign-in with the admin's own accounts. Defaults to `createAuth({ db })`. */
  auth?: AdminAuth
  /** Sign-in by the application itself, in place of `auth`: says who sends a request, or `null`. */
  authenticate?: Authenticate
  /** The path that browsers find the admin at, such as `/admin`. Defaults to the root. */
  basePath?: string
  /** Nothing can be changed; media can be seen. Defaults to `false`. */
  readOnly?: boolean
  /**
   * What is done with an uploaded name that has characters the storage does not take: `clean` replaces them, `strict`
   * refuses the file. Defaults to `clean`.
   */
  fileNames?: FileNameTreatment
  /**
   * Editors may give the address of a file, and the server fetches it: from public http and https addresses only.
   * Defaults to `false`.
   */
  uploadFromUrl?: boolean | UploadFromUrlOptions
  /** How many uploads may run at a time in this process; further ones wait, and are refused when they wait too long. */
  uploadLimits?: UploadLimits
  /** How long, in seconds, a resumable upload that is not finished is kept after its last byte came. Defaults to 86400. */
  uploadExpiry?: number
  /**
   * How long, in seconds, an uploaded file that no row references is kept before it goes to the trash; `null` keeps it
   * until a clean-up. Only its uploader can see it until then. Defaults to 86400. Needs a storage with hidden files.
   */
  unsavedUploadExpiry?: number | null
  /** What makes small images of stored ones. Defaults to `new Thumbnails()`. */
  thumbnails?: Thumbnails
  /** Shown in the page's title and navigation. Defaults to `Vitrine`. */
  siteName?: string
  /** The page's one colour, as CSS writes it. */
  accentColor?: string
  logoUrl?: string
  /**
   * The language of the page. `en-XB` is a pseudo-locale for tests: longer, accented English in a layout from right to
   * left. Defaults to `en`.
   */
  locale?: PageLocale
  /** Where failures are written. Defaults to JSON lines on the standard error stream. */
  logger?: AdminLogger
}
