import { type Context, Hono } from 'hono'
import { parseCleanUpRequest } from '../../media/clean-up-request.ts'
import type { CleanUpService } from '../../media/clean-up-service.ts'
import type { MediaService } from '../../media/media-service.ts'
import type { FileMove } from '../../storage/clean-up/clean-up-options.ts'
import { readJsonObject } from '../../tables/read-json-object.ts'
import type { AdminLogger } from '../admin-logger.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { refuseMethod } from './refuse-method.ts'
import { requestBody } from './request-body.ts'

const CLEAN_UP = '/media/:table/:column/clean-up'
const RESTORE = '/media/:table/:column/clean-up/:runId/restore'
const MISSING = '/media/:table/:column/missing'

/** What the clean-up routes need. */
export interface CleanUpRouteOptions {
  media: MediaService
  cleanUp: CleanUpService
  logger: AdminLogger
}

/** Clean-up of a media column: plan, run, undo, and rows whose files are missing. */
export function cleanUpRoutes({ media, cleanUp, logger }: CleanUpRouteOptions): Hono<AdminEnv> {
  const getColumn = (context: Context) =>
    media.requireColumn(context.req.param('table') ?? '', context.req.param('column') ?? '')
  const noteMoves = (context: Context<AdminEnv>) => (move: FileMove) => {
    const { table, column } = context.req.param()
    logger.info?.('A file was moved by a clean-up.', { user: context.var.user.id, table, column, ...move })
  }

  return new Hono<AdminEnv>()
    .post(CLEAN_UP, async (context) => {
      const column = getColumn(context)
      const request = parseCleanUpRequest(await readJsonObject(requestBody(context)))
      if ('planId' in request) {
        return context.json(await cleanUp.carryOut(column, request.planId, noteMoves(context)))
      }
      return context.json(await cleanUp.plan(column, request))
    })
    .post(RESTORE, async (context) =>
      context.json(await cleanUp.restore(getColumn(context), context.req.param('runId'), noteMoves(context))),
    )
    .get(MISSING, async (context) => context.json(await cleanUp.missing(getColumn(context))))
    .all(CLEAN_UP, refuseMethod('POST'))
    .all(RESTORE, refuseMethod('POST'))
    .all(MISSING, refuseMethod('GET'))
}
