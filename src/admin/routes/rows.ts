import { Hono } from 'hono'
import { readJsonObject } from '../../tables/read-json-object.ts'
import { requireTable } from '../../tables/require-table.ts'
import { parseRowsQuery } from '../../tables/rows-query.ts'
import { TableError } from '../../tables/table-error.ts'
import type { TableRegistry } from '../../tables/table-registry.ts'
import { refuseMethod } from './refuse-method.ts'

const ROWS = '/tables/:table/rows'
const ROW = '/tables/:table/rows/:id'

/** The rows of a table: list, create, read, change, delete. */
export function rowRoutes(tables: TableRegistry): Hono {
  return new Hono()
    .get(ROWS, async (context) => {
      const table = requireTable(tables, context.req.param('table'))
      const { searchParams } = new URL(context.req.url)
      return context.json(await table.listRows(parseRowsQuery(table.description, searchParams)))
    })
    .post(ROWS, async (context) => {
      const table = requireTable(tables, context.req.param('table'))
      return context.json(await table.createRow(await readJsonObject(context.req.raw)), 201)
    })
    .get(ROW, async (context) => {
      const { table: name, id } = context.req.param()
      return context.json(requireRow(await requireTable(tables, name).readRow(id), name, id))
    })
    .patch(ROW, async (context) => {
      const { table: name, id } = context.req.param()
      const table = requireTable(tables, name)
      return context.json(requireRow(await table.updateRow(id, await readJsonObject(context.req.raw)), name, id))
    })
    .delete(ROW, async (context) => {
      const { table: name, id } = context.req.param()
      if (!(await requireTable(tables, name).deleteRow(id))) throw absentRow(name, id)
      return context.body(null, 204)
    })
    .all(ROWS, refuseMethod('GET, POST'))
    .all(ROW, refuseMethod('GET, PATCH, DELETE'))
}

function requireRow<RowAnswer>(answer: RowAnswer | null, table: string, id: string): RowAnswer {
  if (answer === null) throw absentRow(table, id)
  return answer
}

function absentRow(table: string, id: string): TableError {
  return new TableError('NOT_FOUND', `There is no row "${id.slice(0, 100)}" in ${table}.`)
}
