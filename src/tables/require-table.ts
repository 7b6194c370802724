import { TableError } from './table-error.ts'
import type { TableRegistry } from './table-registry.ts'
import type { TableService } from './table-service.ts'

/**
 * The table that a path names.
 *
 * @throws {TableError} `NOT_FOUND`, the same for a table that the database has and the admin has not
 */
export function requireTable(tables: TableRegistry, name: string): TableService {
  const table = tables.get(name)
  if (table !== null) return table
  throw new TableError('NOT_FOUND', `There is no table "${name.slice(0, 100)}".`)
}
