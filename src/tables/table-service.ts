import { count, eq } from 'drizzle-orm'
import type { Row, RowResponse, RowsResponse } from '../contract/rows.ts'
import type { TableSchema } from '../contract/tables.ts'
import { explainWriteError } from './constraint-violation.ts'
import type { Database } from './database.ts'
import { deleteRowWithKey } from './delete-row.ts'
import {
  type CheckFileKeys,
  type FileKeysChanged,
  changedFileKeys,
  findNewFileKeys,
  requireValidFileKeys,
} from './file-key-check.ts'
import { formatValue } from './format-value.ts'
import { parseChanges, parseNewRow, type RowValues } from './parse-row.ts'
import { parseRowId } from './row-id.ts'
import { cutLabel, keyText, readLabels, type RowLabels } from './row-labels.ts'
import type { RowsQuery } from './rows-query.ts'
import type { TableDescription } from './table-description.ts'
import { updateRowWithKey } from './update-row.ts'
import { getRowOrder, whereRowsMatch } from './where.ts'

export interface TableServiceOptions {
  db: Database
  description: TableDescription
  /** Looks whether file keys may be put into a media column. */
  checkFileKeys: CheckFileKeys
  /** Told which file keys a row has come to hold or given up, once that is committed. */
  fileKeysChanged: FileKeysChanged
  /** All tables of the admin, this one among them: only their rows are named where a foreign key points at them. */
  tables: readonly TableDescription[]
}

/** What is told of rows: all but what their files look like. */
type RowsResult = Omit<RowsResponse, 'previews'>
type RowResult = Omit<RowResponse, 'previews'>

/** A row as Drizzle reads it. */
type DatabaseRow = Record<string, unknown>

/** Who changes a row: they may put files into it that only they can see so far. */
export interface RowContext {
  userId: string | null
}

const NO_USER: RowContext = { userId: null }

/** Reads and changes the rows of one table. */
export class TableService {
  readonly description: TableDescription
  readonly #db: Database
  readonly #checkFileKeys: CheckFileKeys
  readonly #fileKeysChanged: FileKeysChanged
  readonly #tables: readonly TableDescription[]

  constructor({ db, description, checkFileKeys, fileKeysChanged, tables }: TableServiceOptions) {
    this.description = description
    this.#db = db
    this.#checkFileKeys = checkFileKeys
    this.#fileKeysChanged = fileKeysChanged
    this.#tables = tables
  }

  /** The table as the page needs to know it. */
  schema(): TableSchema {
    return this.description.toSchema(this.#tables)
  }

  /** One page of the rows that match, and how many match in all. */
  async listRows(query: RowsQuery): Promise<RowsResult> {
    const { table } = this.description
    const { page, pageSize } = query
    const where = whereRowsMatch(this.description, query)
    const [rows, [counted]] = await Promise.all([
      this.#db
        .select()
        .from(table)
        .where(where)
        .orderBy(...getRowOrder(this.description, query))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
      this.#db.select({ total: count() }).from(table).where(where),
    ])
    const labels = await this.#readLabels(rows)
    return { rows: rows.map((row) => this.#format(row)), total: counted?.total ?? 0, page, pageSize, labels }
  }

  /** The row with this primary key; `null` when there is none. */
  async readRow(id: string): Promise<RowResult | null> {
    const { table, primaryKey } = this.description
    const key = parseRowId(this.description, id)
    if (key === null) return null
    const [row] = await this.#db.select().from(table).where(eq(primaryKey.column, key.value))
    return row === undefined ? null : await this.#respond(row)
  }

  /**
   * Stores a new row.
   *
   * @throws {TableError} `INVALID_VALUE` for a wrong value, `CONFLICT` for one that another row has
   */
  async createRow(values: object, { userId }: RowContext = NO_USER): Promise<RowResult> {
    const row = parseNewRow(this.description, values)
    await requireValidFileKeys(findNewFileKeys(this.description, row, {}), this.#checkFileKeys, userId)
    const inserted = await this.#insert(row)
    await this.#notifyChange({}, inserted)
    return await this.#respond(inserted)
  }

  /**
   * Changes the given columns of a row and leaves the others; `null` when there is no such row.
   *
   * @throws {TableError} `INVALID_VALUE` for a wrong value, `CONFLICT` for one that another row has
   */
  async updateRow(id: string, changes: object, { userId }: RowContext = NO_USER): Promise<RowResult | null> {
    const values = parseChanges(this.description, changes)
    const key = parseRowId(this.description, id)
    if (key === null) return null
    if (values.size === 0) return await this.readRow(id)
    const updated = await updateRowWithKey({
      db: this.#db,
      table: this.description,
      checkFileKeys: this.#checkFileKeys,
      key: key.value,
      values,
      userId,
    })
    if (updated === null) return null
    await this.#notifyChange(updated.before, updated.row)
    return await this.#respond(updated.row)
  }

  /**
   * Deletes a row; `false` when there was none.
   *
   * @throws {TableError} `CONFLICT`, with the first of the rows that reference it
   */
  async deleteRow(id: string): Promise<boolean> {
    const key = parseRowId(this.description, id)
    if (key === null) return false
    const options = { db: this.#db, table: this.description, tables: this.#tables, key: key.value }
    const deleted = await deleteRowWithKey(options)
    if (deleted !== null) await this.#notifyChange(deleted, {})
    return deleted !== null
  }

  /** What people call the row: the value of its label column, or else its primary key. */
  getLabel(row: Row): string {
    const { labelColumn, primaryKey } = this.description
    const label = row[labelColumn.name] ?? row[primaryKey.name] ?? ''
    return cutLabel(typeof label === 'string' ? label : JSON.stringify(label))
  }

  /** The row's primary key as it stands in paths. */
  getId(row: Row): string {
    const { primaryKey } = this.description
    return keyText(primaryKey, row[primaryKey.name])
  }

  async #insert(values: RowValues): Promise<DatabaseRow> {
    const { table, name } = this.description
    try {
      const [row] = await this.#db.insert(table).values(Object.fromEntries(values)).returning()
      if (row !== undefined) return row
    } catch (error) {
      throw explainWriteError(error, this.description, values)
    }
    // A trigger or a rule of the database can drop the row without an error.
    throw new Error(`The database took a row of ${name} and stored none.`)
  }

  async #notifyChange(before: DatabaseRow, after: DatabaseRow): Promise<void> {
    const changes = changedFileKeys(this.description, before, after)
    if (changes.length > 0) await this.#fileKeysChanged(changes)
  }

  async #respond(row: DatabaseRow): Promise<RowResult> {
    return { row: this.#format(row), labels: await this.#readLabels([row]) }
  }

  #format(row: DatabaseRow): Row {
    return Object.fromEntries(this.description.columns.map(({ name, type }) => [name, formatValue(type, row[name])]))
  }

  async #readLabels(rows: readonly DatabaseRow[]): Promise<RowLabels> {
    return await readLabels(this.#db, { of: this.description, tables: this.#tables }, rows)
  }
}
