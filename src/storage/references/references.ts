import type { PgColumn } from 'drizzle-orm/pg-core'
import { type ReferenceColumn, filterReferencedKeys } from './column-references.ts'
import { referencePages } from './reference-pages.ts'
import type { ReferenceDatabase } from './referenced-file-keys.ts'

/**
 * Files that are compared with the database at a time. Texts are searched whole for it, and so with ten times as many
 * files.
 */
const BATCH_SIZE = 500
const BATCH_SIZE_OF_TEXTS = 5000

/** The columns whose values reference a storage's files. */
export interface ReferencedStorage {
  readonly column: PgColumn
  /** Further columns, of any table. */
  readonly references: readonly PgColumn[]
}

/** Everything in the database that may reference a storage's files: its own column, and those that were declared. */
export class References {
  readonly #db: ReferenceDatabase
  readonly #columns: readonly ReferenceColumn[]

  constructor(db: ReferenceDatabase, storage: ReferencedStorage, further: readonly PgColumn[] = []) {
    const declared = new Set([...storage.references, ...further].filter((column) => column !== storage.column))
    this.#db = db
    this.#columns = [
      { column: storage.column, holds: 'keys' },
      ...Array.from(declared, (column): ReferenceColumn => ({ column, holds: 'texts' })),
    ]
  }

  /** Files to compare at a time with {@link filterReferenced}. */
  get batchSize(): number {
    return this.#columns.some(({ holds }) => holds === 'texts') ? BATCH_SIZE_OF_TEXTS : BATCH_SIZE
  }

  /** Every reference: keys, or their random parts, many at a time and some more than once. */
  async *pages(): AsyncGenerator<readonly string[]> {
    for (const column of this.#columns) yield* referencePages(this.#db, column)
  }

  /** Whether the column itself references anything at all. */
  async hasAny(): Promise<boolean> {
    for (const column of this.#columns.slice(0, 1)) {
      for await (const { length } of referencePages(this.#db, column)) if (length > 0) return true
    }
    return false
  }

  /** Those of the keys that are referenced at this moment. */
  async filterReferenced(keys: readonly string[]): Promise<Set<string>> {
    const referenced = new Set<string>()
    if (keys.length === 0) return referenced
    for (const column of this.#columns) {
      for (const key of await filterReferencedKeys(this.#db, column, keys)) referenced.add(key)
    }
    return referenced
  }
}
