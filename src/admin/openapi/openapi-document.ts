import type { TableSchema } from '../../contract/tables.ts'
import { getSessionCookieName } from '../../auth/session-cookie.ts'
import { AUTH_OPERATIONS } from './auth-operations.ts'
import { CONTRACT_SCHEMAS } from './contract-schemas.ts'
import { GENERAL_OPERATIONS } from './general-operations.ts'
import { mediaOperations } from './media-operations.ts'
import type { OpenApiDocument, PathItem, SecurityScheme } from './openapi-types.ts'
import { type ApiOperation, toOpenApi } from './operation.ts'
import { rowSchemas } from './row-schemas.ts'
import { tableOperations } from './table-operations.ts'

/** The version of the HTTP interface: that of the package. */
export const API_VERSION = '0.1.0'

/** What the description of an admin's HTTP interface is made of. */
export interface OpenApiDocumentOptions {
  siteName: string
  /** The path the admin is mounted at: `''` or `/admin`. */
  basePath: string
  /** What the names of the session cookies begin with; `null` when the application signs people in. */
  cookieName: string | null
  tables: readonly TableSchema[]
}

/** Describes the admin's HTTP interface, with the application's own tables, as an OpenAPI 3.1 document. */
export function makeOpenApiDocument(options: OpenApiDocumentOptions): OpenApiDocument {
  const { siteName, basePath, cookieName, tables } = options
  const hasAccounts = cookieName !== null
  const cookies = cookieName === null ? {} : getCookies(cookieName, basePath)
  const operations = [
    ...GENERAL_OPERATIONS,
    ...(hasAccounts ? AUTH_OPERATIONS : []),
    ...tableOperations(tables),
    ...mediaOperations(tables),
  ]
  return {
    openapi: '3.1.1',
    info: { title: siteName, version: API_VERSION, description: hasAccounts ? RULES : `${RULES} ${EXTERNAL_SIGN_IN}` },
    // Without one, addresses begin at the root of the host that gave the document.
    ...(basePath === '' ? {} : { servers: [{ url: basePath }] }),
    tags: TAGS.filter(({ name }) => operations.some(({ tag }) => tag === name)),
    ...(hasAccounts ? { security: Object.keys(cookies).map((name) => ({ [name]: [] })) } : {}),
    paths: getPaths(operations),
    components: {
      schemas: { ...CONTRACT_SCHEMAS, ...rowSchemas(tables) },
      ...(hasAccounts ? { securitySchemes: cookies } : {}),
    },
  }
}

function getPaths(operations: readonly ApiOperation[]): Record<string, PathItem> {
  const paths = new Map<string, PathItem>()
  for (const operation of operations) {
    const item = paths.get(operation.path) ?? {}
    item[operation.method] = toOpenApi(operation)
    paths.set(operation.path, item)
  }
  return Object.fromEntries(paths)
}

const RULES =
  'Everything but what is marked as open needs a session. A request that changes something is refused when it comes from a page of another origin. Every refusal is JSON with a code for a program and a sentence for a person.'

const EXTERNAL_SIGN_IN = 'The application itself signs people in: send what it wants to know you by.'

function getCookies(name: string, basePath: string): Record<string, SecurityScheme> {
  const session = getSessionCookieName({ name, basePath, isSecure: false })
  const secureSession = getSessionCookieName({ name, basePath, isSecure: true })
  return {
    session: cookie(session, 'Set by signing in over plain HTTP.'),
    secureSession: cookie(secureSession, 'Set by signing in over HTTPS.'),
  }
}

function cookie(name: string, description: string): SecurityScheme {
  return { type: 'apiKey', in: 'cookie', name, description }
}

const TAGS = [
  { name: 'General', description: 'Health, session and this description.' },
  { name: 'Sign-in', description: "The admin's own accounts." },
  { name: 'Tables', description: "The application's tables and their rows." },
  { name: 'Media', description: 'The files of media columns.' },
  { name: 'Direct uploads', description: 'Their bytes go to the storage itself, in parts.' },
  { name: 'Resumable uploads', description: 'By the protocol tus 1.0.0, which any of its clients speaks.' },
]
