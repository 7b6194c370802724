import { Hono } from 'hono'
import type { TablesResponse } from '../../contract/tables.ts'
import { requireTable } from '../../tables/require-table.ts'
import type { TableRegistry } from '../../tables/table-registry.ts'
import { refuseMethod } from './refuse-method.ts'

/** What tables there are, and what is in them. */
export function tableRoutes(tables: TableRegistry): Hono {
  return new Hono()
    .get('/tables', (context) => {
      const response: TablesResponse = { groups: tables.groups }
      return context.json(response)
    })
    .get('/tables/:table/schema', (context) => context.json(requireTable(tables, context.req.param('table')).schema()))
    .all('/tables', refuseMethod('GET'))
    .all('/tables/:table/schema', refuseMethod('GET'))
}
