import { Hono } from 'hono'
import type { TableRegistry } from '../../tables/table-registry.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { docsPage } from '../openapi/docs-page.ts'
import { makeOpenApiDocument, type OpenApiDocumentOptions } from '../openapi/openapi-document.ts'
import { refuseMethod } from './refuse-method.ts'

/** What the routes of the description are told. */
export interface OpenApiRouteOptions extends Omit<OpenApiDocumentOptions, 'tables'> {
  tables: TableRegistry
}

/** The description of the HTTP interface: for programs, and as a page for people. */
export function openApiRoutes({ tables, ...options }: OpenApiRouteOptions): Hono<AdminEnv> {
  const document = makeOpenApiDocument({ ...options, tables: tables.services().map((table) => table.schema()) })
  return new Hono<AdminEnv>()
    .get('/openapi.json', (context) => context.json(document))
    .get('/docs', (context) => context.html(docsPage(document)))
    .all('/openapi.json', refuseMethod('GET'))
    .all('/docs', refuseMethod('GET'))
}
