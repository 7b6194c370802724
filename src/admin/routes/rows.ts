import { type Context, Hono } from 'hono'
import type { RowResponse, RowsResponse } from '../../contract/rows.ts'
import type { MediaColumns } from '../../media/media-columns.ts'
import { getRowPreviews } from '../../media/thumbnails/row-previews.ts'
import type { Thumbnails } from '../../media/thumbnails/thumbnails.ts'
import { readJsonObject } from '../../tables/read-json-object.ts'
import { requireTable } from '../../tables/require-table.ts'
import { parseRowsQuery } from '../../tables/rows-query.ts'
import { TableError } from '../../tables/table-error.ts'
import type { RowContext } from '../../tables/table-service.ts'
import type { TableRegistry } from '../../tables/table-registry.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { refuseMethod } from './refuse-method.ts'
import { requestBody } from './request-body.ts'

const ROWS = '/tables/:table/rows'
const ROW = '/tables/:table/rows/:id'

/** What the row routes are told. */
export interface RowRouteOptions {
  tables: TableRegistry
  columns: MediaColumns
  thumbnails: Thumbnails
}

/** The rows of a table: list, create, read, change, delete. */
export function rowRoutes({ tables, ...media }: RowRouteOptions): Hono<AdminEnv> {
  const withPreviews = async (table: string, reply: Omit<RowResponse, 'previews'>): Promise<RowResponse> => ({
    ...reply,
    previews: await getRowPreviews(table, [reply.row], media),
  })

  return new Hono<AdminEnv>()
    .get(ROWS, async (context) => {
      const name = context.req.param('table')
      const table = requireTable(tables, name)
      const { searchParams } = new URL(context.req.url)
      const page = await table.listRows(parseRowsQuery(table.description, searchParams))
      const response: RowsResponse = { ...page, previews: await getRowPreviews(name, page.rows, media) }
      return context.json(response)
    })
    .post(ROWS, async (context) => {
      const name = context.req.param('table')
      const table = requireTable(tables, name)
      const created = await table.createRow(await readJsonObject(requestBody(context)), getRowContext(context))
      return context.json(await withPreviews(name, created), 201)
    })
    .get(ROW, async (context) => {
      const { table: name, id } = context.req.param()
      const row = requireRow(await requireTable(tables, name).readRow(id), name, id)
      return context.json(await withPreviews(name, row))
    })
    .patch(ROW, async (context) => {
      const { table: name, id } = context.req.param()
      const table = requireTable(tables, name)
      const changes = await readJsonObject(requestBody(context))
      const row = requireRow(await table.updateRow(id, changes, getRowContext(context)), name, id)
      return context.json(await withPreviews(name, row))
    })
    .delete(ROW, async (context) => {
      const { table: name, id } = context.req.param()
      if (!(await requireTable(tables, name).deleteRow(id))) throw absentRow(name, id)
      return context.body(null, 204)
    })
    .all(ROWS, refuseMethod('GET, POST'))
    .all(ROW, refuseMethod('GET, PATCH, DELETE'))
}

function getRowContext(context: Context<AdminEnv>): RowContext {
  return { userId: context.get('user').id }
}

function requireRow<Row>(reply: Row | null, table: string, id: string): Row {
  if (reply === null) throw absentRow(table, id)
  return reply
}

function absentRow(table: string, id: string): TableError {
  return new TableError('NOT_FOUND', `There is no row "${id.slice(0, 100)}" in ${table}.`)
}
