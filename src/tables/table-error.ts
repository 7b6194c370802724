import type { ErrorCode, RowReference } from '../contract/error.ts'

/** The ways in which work on a table can fail. */
export type TableErrorCode = Extract<ErrorCode, 'INVALID_REQUEST' | 'INVALID_VALUE' | 'NOT_FOUND' | 'CONFLICT'>

/** What a {@link TableError} tells besides its code and sentence. */
export interface TableErrorOptions extends ErrorOptions {
  /** The column that the error is about, by its property name in the Drizzle table. */
  field?: string | undefined
  /** The rows that stand in the way. */
  references?: RowReference[] | undefined
}

/** A request that a table cannot answer, said in a full sentence that may be shown to a person. */
export class TableError extends Error {
  override readonly name = 'TableError'
  readonly code: TableErrorCode
  readonly field: string | null
  readonly references: RowReference[]

  constructor(code: TableErrorCode, message: string, options: TableErrorOptions = {}) {
    const { field, references, ...rest } = options
    super(message, rest)
    this.code = code
    this.field = field ?? null
    this.references = references ?? []
  }
}
