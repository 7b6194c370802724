import { resolve } from 'node:path'

/** How the demo is run. */
export interface Settings {
  host: string
  port: number
  /** For the embedded database and the media. */
  dataFolder: string
  /** A Postgres server; `null` for the embedded database. */
  databaseUrl: string | null
  /** A password of one's own for the demo account; `null` for the one that everybody knows. */
  password: string | null
  /** Nothing can be changed. */
  readOnly: boolean
  /** Throw the data of earlier runs away. */
  reset: boolean
}

const USAGE =
  'npm start -- [--reset], with HOST, PORT, DATA_DIR, DATABASE_URL, ADMIN_PASSWORD and READ_ONLY from the environment'

/** @throws {Error} for an argument or a port that is not one */
export function readSettings(environment: NodeJS.ProcessEnv, args: string[]): Settings {
  const unknown = args.find((argument) => argument !== '--reset')
  if (unknown !== undefined) throw new Error(`The argument ${unknown} is not known. Usage: ${USAGE}.`)
  return {
    host: environment.HOST ?? '127.0.0.1',
    port: parsePort(environment.PORT ?? '8000'),
    dataFolder: resolve(environment.DATA_DIR ?? 'data'),
    databaseUrl: environment.DATABASE_URL ?? null,
    password: environment.ADMIN_PASSWORD ?? null,
    readOnly: environment.READ_ONLY === 'true',
    reset: args.includes('--reset'),
  }
}

/** Whether nobody but this machine can reach the host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

function parsePort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Error(`PORT is ${text}, and must be a whole number from 0 to 65535.`)
}
