import { sql } from 'drizzle-orm'
import { type Context, Hono } from 'hono'
import type { HealthResponse } from '../../contract/health.ts'
import type { MediaColumns } from '../../media/media-columns.ts'
import type { Database } from '../../tables/database.ts'
import { type AdminLogger, describeError } from '../admin-logger.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { refuseMethod } from './refuse-method.ts'

/** Longest time, in milliseconds, that a part of the system may take to say that it is there. */
const TIMEOUT_MS = 5000

/** What the health route asks. */
export interface HealthRouteOptions {
  db: Database
  columns: MediaColumns
  logger: AdminLogger
}

/** Whether the admin can do its work and is not about to end, for a load balancer. Open to everybody, so it tells no more than that. */
export function healthRoutes({ db, columns, logger }: HealthRouteOptions): Hono<AdminEnv> {
  const isWorking = async (part: string, attempt: Promise<unknown>) => {
    try {
      await withinTimeout(attempt)
      return true
    } catch (error) {
      logger.error('A health check failed.', { part, error: describeError(error) })
      return false
    }
  }
  const reply = async (context: Context<AdminEnv>) => {
    const [database, ...storages] = await Promise.all([
      isWorking('database', Promise.resolve(db.execute(sql`select 1`))),
      ...Array.from(columns, ({ tableName, columnName, storage }) =>
        isWorking(`${tableName}.${columnName}`, storage.checkHealth()),
      ),
    ])
    const isReady = context.env?.isStopping !== true && database && storages.every(Boolean)
    const response: HealthResponse = {
      status: isReady ? 'ready' : 'unavailable',
      database: database ? 'ready' : 'unavailable',
      storages: storages.every(Boolean) ? 'ready' : 'unavailable',
    }
    return context.json(response, isReady ? 200 : 503)
  }
  return new Hono<AdminEnv>().get('/health', reply).all('/health', refuseMethod('GET'))
}

async function withinTimeout(attempt: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${TIMEOUT_MS} ms.`)), TIMEOUT_MS)
  })
  try {
    await Promise.race([attempt, timeout])
  } finally {
    clearTimeout(timer)
  }
}
