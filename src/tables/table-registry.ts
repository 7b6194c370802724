import type { PgTable } from 'drizzle-orm/pg-core'
import type { TableGroup } from '../contract/tables.ts'
import type { Database } from './database.ts'
import type { CheckFileKeys, FileKeysChanged } from './file-key-check.ts'
import { type DescribeTableOptions, describeTable, type TableDescription } from './table-description.ts'
import { TableService } from './table-service.ts'

/** A table of the admin. */
export interface RegisteredTable extends DescribeTableOptions {
  table: PgTable
}

export interface TableRegistryOptions {
  db: Database
  tables: readonly RegisteredTable[]
  /** Looks whether file keys may be put into a media column. */
  checkFileKeys: CheckFileKeys
  /** Told which file keys a row has come to hold or given up, once that is committed. Defaults to nobody. */
  fileKeysChanged?: FileKeysChanged
}

/** The tables of an admin, and nothing else of the database. */
export class TableRegistry {
  /** The tables by the group they stand in, as configured; those in no group first. */
  readonly groups: TableGroup[]
  readonly #services: ReadonlyMap<string, TableService>

  /** @throws {Error} when two tables have one name, or a table cannot be described */
  constructor({ db, tables, checkFileKeys, fileKeysChanged = async () => {} }: TableRegistryOptions) {
    const descriptions = tables.map(({ table, ...options }) => describeTable(table, options))
    requireDistinctNames(descriptions)
    this.groups = groupTables(descriptions)
    this.#services = new Map(
      descriptions.map((description) => [
        description.name,
        new TableService({ db, description, checkFileKeys, fileKeysChanged, tables: descriptions }),
      ]),
    )
  }

  /** The table with this name; `null` when the admin does not have it. */
  get(name: string): TableService | null {
    return this.#services.get(name) ?? null
  }

  /** All tables, in the order of the configuration. */
  services(): TableService[] {
    return [...this.#services.values()]
  }
}

function requireDistinctNames(descriptions: readonly TableDescription[]): void {
  const names = new Set<string>()
  for (const { name } of descriptions) {
    if (names.has(name)) throw new Error(`Two tables are called ${name}: a table's name is its path in the admin.`)
    names.add(name)
  }
}

function groupTables(descriptions: readonly TableDescription[]): TableGroup[] {
  const names = new Set([null, ...descriptions.map(({ group }) => group)])
  const groups = [...names].map((name) => ({
    name,
    tables: descriptions.filter(({ group }) => group === name).map((description) => description.toSummary()),
  }))
  return groups.filter(({ tables }) => tables.length > 0)
}
