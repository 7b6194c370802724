import type { PgColumn } from 'drizzle-orm/pg-core'
import type { ContentOptions } from '../content/content-rules.ts'
import type { MustBeMediaColumn } from './media-column.ts'

/** The options of every storage, apart from its fallback. */
export interface StorageOptions<TColumn extends PgColumn> extends ContentOptions {
  /** The column whose files these are: a `varchar` or `text`, or an array of them. */
  column: MustBeMediaColumn<TColumn> & TColumn
  /** With or without a dot, in any case; `null` allows every extension. Defaults to {@link ALLOWED_EXTENSIONS}. */
  allowedExtensions?: readonly string[] | null
  /** Every character that a file name may have; `null` allows all. Defaults to {@link ALLOWED_CHARACTERS}. */
  allowedCharacters?: string | readonly string[] | null
  /**
   * Longest file, in bytes; `null` for no limit. Defaults to 100 MB for images, documents and texts, 1 GB for audio and
   * tables, and 5 GB for video and whatever else is allowed.
   */
  maxFileSize?: number | null
  /**
   * Further columns that may hold keys of these files, besides `column`: of another table, or of rich text or JSON that
   * mentions keys. A clean-up keeps a file when the random part of its key stands anywhere in one of them. Defaults to none.
   */
  references?: readonly PgColumn[]
  /**
   * What the admin does with a file when a row gives up its key, by a change or a deletion, and no other row references
   * it: `trash` puts it into the trash once the change is committed, `keep` leaves it to a clean-up. Defaults to `keep`.
   */
  whenUnreferenced?: 'keep' | 'trash'
}
