import type { TableSchema } from '../../contract/tables.ts'
import { type ApiOperation, jsonBody, jsonResponse, pathParameter, queryParameter } from './operation.ts'
import type { Parameter, Schema } from './openapi-types.ts'
import { type RowSchemaNames, rowSchemaNames } from './row-schemas.ts'
import { count, list, object, reference, word } from './schema-builders.ts'

const ROWS = '/api/tables/{table}/rows'
const ROW = '/api/tables/{table}/rows/{id}'
const TAG = 'Tables'

/** The operations on the tables and their rows. */
export function tableOperations(tables: readonly TableSchema[]): ApiOperation[] {
  const table = tableParameter(tables)
  return [
    {
      method: 'get',
      path: '/api/tables',
      id: 'listTables',
      tag: TAG,
      summary: 'What tables there are',
      responses: { 200: jsonResponse('The tables by group.', reference('Tables')) },
    },
    {
      method: 'get',
      path: '/api/tables/{table}/schema',
      id: 'getTableSchema',
      tag: TAG,
      summary: 'The columns of a table',
      parameters: [table],
      responses: { 200: jsonResponse('The table.', reference('TableSchema')) },
      errors: ['NOT_FOUND'],
    },
    listRows(tables, table),
    createRow(tables, table),
    ...rowOperations(tables, table),
  ]
}

function listRows(tables: readonly TableSchema[], table: Parameter): ApiOperation {
  const page = { total: count('Rows that match, on all pages together.'), page: count(), pageSize: count() }
  return {
    method: 'get',
    path: ROWS,
    id: 'listRows',
    tag: TAG,
    summary: 'The rows of a table, page by page',
    parameters: [table, ...ROWS_QUERY],
    responses: {
      200: jsonResponse(
        'One page.',
        object({ rows: list(getRow(tables, 'row')), ...page, labels: LABELS, previews: PREVIEWS }),
      ),
    },
    errors: ['NOT_FOUND', 'INVALID_REQUEST'],
  }
}

function createRow(tables: readonly TableSchema[], table: Parameter): ApiOperation {
  return {
    method: 'post',
    path: ROWS,
    id: 'createRow',
    tag: TAG,
    summary: 'Create a row',
    description: 'A media column takes keys of files that were uploaded to it before. The body may have 1 MB.',
    parameters: [table],
    requestBody: jsonBody(getRow(tables, 'newRow')),
    responses: { 201: jsonResponse('The row as it was stored.', rowResponse(tables)) },
    errors: ['NOT_FOUND', 'INVALID_REQUEST', 'INVALID_VALUE', 'CONFLICT', 'STORAGE_FAILURE'],
  }
}

function rowOperations(tables: readonly TableSchema[], table: Parameter): ApiOperation[] {
  const parameters = [table, pathParameter('id', "The row's primary key.")]
  const common = { path: ROW, tag: TAG, parameters }
  return [
    {
      ...common,
      method: 'get',
      id: 'getRow',
      summary: 'Read a row',
      responses: { 200: jsonResponse('The row.', rowResponse(tables)) },
      errors: ['NOT_FOUND'],
    },
    {
      ...common,
      method: 'patch',
      id: 'updateRow',
      summary: 'Change columns of a row',
      description: 'Columns that are left out stay as they are. The body may have 1 MB.',
      requestBody: jsonBody(getRow(tables, 'changes')),
      responses: { 200: jsonResponse('The row as it is now.', rowResponse(tables)) },
      errors: ['NOT_FOUND', 'INVALID_REQUEST', 'INVALID_VALUE', 'CONFLICT', 'STORAGE_FAILURE'],
    },
    {
      ...common,
      method: 'delete',
      id: 'deleteRow',
      summary: 'Delete a row',
      description: 'Its files stay in the storage. `CONFLICT` names the rows that reference it.',
      responses: { 204: { description: 'The row is gone.' } },
      errors: ['NOT_FOUND', 'CONFLICT'],
    },
  ]
}

function tableParameter(tables: readonly TableSchema[]): Parameter {
  const names = tables.map(({ name }) => name)
  return pathParameter('table', 'The name of a table.', names.length === 0 ? { type: 'string' } : word(names))
}

/** One of the tables' schemas: which one, the table in the path decides. */
function getRow(tables: readonly TableSchema[], kind: keyof RowSchemaNames): Schema {
  const schemas = tables.map((table) => reference(rowSchemaNames(table)[kind]))
  return schemas.length === 0 ? { type: 'object' } : { anyOf: schemas }
}

function rowResponse(tables: readonly TableSchema[]): Schema {
  return object({ row: getRow(tables, 'row'), labels: LABELS, previews: PREVIEWS })
}

const LABELS: Schema = {
  type: 'object',
  description: "What the rows that foreign keys point at are called: by column name, then by the key's value as text.",
  additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
}

const PREVIEWS: Schema = {
  type: 'object',
  description: 'Of the first files of each media column, where they are known: by column name, then by file key.',
  additionalProperties: { type: 'object', additionalProperties: reference('FilePreview') },
}

const ROWS_QUERY: Parameter[] = [
  queryParameter('page', 'Which page.', { type: 'integer', minimum: 1, maximum: 1_000_000_000, default: 1 }),
  queryParameter('pageSize', 'Rows on a page.', { type: 'integer', minimum: 1, maximum: 200, default: 25 }),
  queryParameter('sort', 'Column names separated by commas; `-` before a name for descending.'),
  queryParameter('search', 'Looked for in every text column that holds no media, in any case.'),
  {
    ...queryParameter(
      'filter',
      '`column:operator:value`, any number of times. Operators: eq, ne, lt, lte, gt, gte, contains, in (values separated by commas), has (in a list), empty (true or false).',
      list({ type: 'string' }),
    ),
    explode: true,
  },
]
