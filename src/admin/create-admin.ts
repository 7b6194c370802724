import { Hono } from 'hono'
import { getPath } from 'hono/utils/url'
import { type Authenticator, authenticatorFrom } from '../auth/authenticator.ts'
import { type AdminAuth, createAuth } from '../auth/create-auth.ts'
import type { PageConfig } from '../contract/session.ts'
import type { UploadFromUrlOptions } from '../media/from-url/fetch-remote-file.ts'
import { UploadSlots } from '../media/upload-slots.ts'
import { DirectUploads } from '../media/uploads/direct-uploads.ts'
import { ResumableUploads } from '../media/uploads/resumable-uploads.ts'
import { Thumbnails } from '../media/thumbnails/thumbnails.ts'
import { CleanUpService } from '../media/clean-up-service.ts'
import { TrashService } from '../media/trash-service.ts'
import { checkOptions } from '../options/check-options.ts'
import type { AdminEnvironment } from './admin-environment.ts'
import { type AdminLogger, describeError, jsonLogger } from './admin-logger.ts'
import { ADMIN_OPTION_RULES } from './admin-option-rules.ts'
import type { AdminOptions } from './admin-options.ts'
import { collectTables } from './collect-tables.ts'
import { respondToErrors } from './error-response.ts'
import { errorResponse } from './http-error.ts'
import type { AdminEnv } from './middleware/admin-env.ts'
import { clientConnection } from './middleware/client-connection.ts'
import { compression } from './middleware/compression.ts'
import { readOnly } from './middleware/read-only.ts'
import { requireUser } from './middleware/require-user.ts'
import { sameOrigin } from './middleware/same-origin.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { unreadBody } from './middleware/unread-body.ts'
import { tusHeaders, UPLOADS } from './middleware/tus-headers.ts'
import { authRoutes } from './routes/auth.ts'
import { directUploadRoutes } from './routes/direct-uploads.ts'
import { fromUrlRoutes } from './routes/from-url.ts'
import { cleanUpRoutes } from './routes/clean-up.ts'
import { healthRoutes } from './routes/health.ts'
import { mediaRoutes } from './routes/media.ts'
import { openApiRoutes } from './routes/openapi.ts'
import { pageRoutes } from './routes/page.ts'
import { rowRoutes } from './routes/rows.ts'
import { sessionRoutes } from './routes/session.ts'
import { signedFileRoutes } from './routes/signed-files.ts'
import { tableRoutes } from './routes/tables.ts'
import { trashRoutes } from './routes/trash.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { thumbnailRoutes } from './routes/thumbnails.ts'

/** A web admin: give `fetch` to `serve` of `vitrine/node`, or to Hono, Express, Fastify, Next, Bun or Deno. */
export interface Admin {
  /** Answers a request, under the base path or already stripped of it. Bound: it can be passed on as it is. */
  readonly fetch: (request: Request, environment?: AdminEnvironment) => Promise<Response>
  /** The admin's own accounts; `null` when the application signs people in. */
  readonly auth: AdminAuth | null
  /** Resolves when what earlier interrupted uploads left behind is swept away. Requests need not wait for it. */
  readonly ready: Promise<void>
}

/**
 * Makes a web admin for tables of the application's own database.
 *
 * @throws {TypeError} when an option does not exist or has a wrong value, a column cannot hold media or has two storages,
 * or two storages share a place
 * @example
 * const admin = createAdmin({ db, tables: [tableConfig({ table: movie, mediaStorage: [posterMedia] }), director] })
 * serve(admin, { port: 8000 })
 */
export function createAdmin(options: AdminOptions): Admin {
  checkOptions('createAdmin', options, ADMIN_OPTION_RULES)
  const { db, logger = jsonLogger(), fileNames = 'clean', readOnly: isReadOnly = false } = options
  const remoteFiles = remoteFileOptions(options)
  const basePath = normaliseBasePath(options.basePath ?? '')
  const { tables, columns, media, unsaved } = collectTables({ ...options, logger })
  const { auth, authenticator } = chooseAuth(options, logger)
  const slots = new UploadSlots(options.uploadLimits)
  const uploads = new ResumableUploads({
    columns,
    unsaved,
    expiry: options.uploadExpiry,
    onSweepFailure: (error) => logSweepFailure(logger, error),
  })
  const { thumbnails = new Thumbnails({ onCacheFailure: (error) => logCacheFailure(logger, error) }) } = options

  const abilities = {
    readOnly: isReadOnly,
    uploadFromUrl: remoteFiles !== null,
    acceptsImages: thumbnails.acceptsImages,
  }

  const app = new Hono<AdminEnv>({ getPath: (request) => pathBelow(basePath, request) })
    .onError(respondToErrors(logger))
    .use(compression())
    .use(securityHeaders({ mediaOrigins: () => media.urlOrigins() }))
    .use(UPLOADS, tusHeaders())
    .route('/api', signedFileRoutes(media, thumbnails))
    .use(clientConnection({ ...options, basePath }))
    .use(sameOrigin())
    .use('/api/*', unreadBody())
    .use('/api/*', requireUser(authenticator))
    .use('/api/*', readOnly(isReadOnly))
    .route('/api', healthRoutes({ db, columns, logger }))
    .route('/api', sessionRoutes(abilities))
    .route('/api', tableRoutes(tables))
    .route('/api', rowRoutes({ tables, columns, thumbnails }))
    .route('/api', fromUrlRoutes({ media, remoteFiles, fileNames, slots }))
    .route('/api', uploadRoutes({ media, uploads, slots, basePath, fileNames, isReadOnly }))
    .route('/api', cleanUpRoutes({ media, cleanUp: new CleanUpService(db), logger }))
    .route('/api', trashRoutes({ trash: new TrashService({ columns, db, unsaved, thumbnails }), thumbnails, logger }))
    .route('/api', directUploadRoutes({ media, uploads: new DirectUploads(uploads), slots, fileNames }))
    .route('/api', mediaRoutes({ media, basePath, fileNames, slots, thumbnails }))
    .route('/api', thumbnailRoutes({ media, thumbnails, slots }))
    .route('/api', openApiRoutes({ ...pageConfig(options, basePath), tables, cookieName: auth?.cookieName ?? null }))
  if (auth !== null) app.route('/api', authRoutes(auth))
  app.all('/api/*', () => errorResponse('NOT_FOUND', 'There is nothing at this address.'))
  app.route('/', pageRoutes(pageConfig(options, basePath)))
  app.notFound(() => errorResponse('NOT_FOUND', 'There is nothing at this address.'))

  return {
    fetch: async (request, environment) => app.fetch(request, environment),
    auth,
    ready: sweep([media.sweep(), uploads.sweep()], logger),
  }
}

function chooseAuth(
  { auth, authenticate, db }: AdminOptions,
  logger: AdminLogger,
): { auth: AdminAuth | null; authenticator: Authenticator } {
  if (authenticate !== undefined) {
    if (auth !== undefined) throw new TypeError('createAdmin takes auth or authenticate, not both.')
    return { auth: null, authenticator: authenticatorFrom(authenticate, (sentence) => logger.error(sentence, {})) }
  }
  const ownAuth = auth ?? createAuth({ db })
  return { auth: ownAuth, authenticator: ownAuth }
}

function remoteFileOptions({ uploadFromUrl = false }: AdminOptions): UploadFromUrlOptions | null {
  if (uploadFromUrl === false) return null
  return uploadFromUrl === true ? {} : uploadFromUrl
}

function pageConfig(options: AdminOptions, basePath: string): PageConfig {
  const { siteName, accentColor, logoUrl, authenticate, locale } = options
  return {
    basePath,
    siteName: siteName ?? 'Vitrine',
    accentColor: accentColor ?? null,
    logoUrl: logoUrl ?? null,
    signIn: authenticate === undefined ? 'password' : 'external',
    locale: locale ?? 'en',
  }
}

function normaliseBasePath(basePath: string): string {
  const path = basePath.replace(/\/+$/, '')
  if (path === '' || /^(\/[\w.~-]+)+$/.test(path)) return path
  throw new TypeError(`The basePath ${basePath} must begin with a slash and hold plain letters, digits and hyphens.`)
}

/** The path below the base path: some routers strip the path they mount something at, others do not. */
function pathBelow(basePath: string, request: Request): string {
  const path = getPath(request)
  if (basePath === '' || !(path === basePath || path.startsWith(`${basePath}/`))) return path
  return path.slice(basePath.length) || '/'
}

async function sweep(sweeps: readonly Promise<void>[], logger: AdminLogger): Promise<void> {
  await Promise.all(sweeps.map((running) => running.catch((error: unknown) => logSweepFailure(logger, error))))
}

function logSweepFailure(logger: AdminLogger, error: unknown): void {
  logger.error('What interrupted uploads left behind could not be swept away.', { error: describeError(error) })
}

function logCacheFailure(logger: AdminLogger, error: unknown): void {
  logger.error('A thumbnail could not be kept, or what is kept not be read: it will be made again.', {
    error: describeError(error),
  })
}
