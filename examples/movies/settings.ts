import { resolve } from 'node:path'
import type { S3ClientConfig } from '@aws-sdk/client-s3'

/** How the demo is run. */
export interface Settings {
  host: string
  port: number
  /** For the embedded database and the media. */
  dataFolder: string
  /** A Postgres server; `null` for the embedded database. */
  databaseUrl: string | null
  /** A bucket for the media; `null` for folders below `dataFolder`. */
  bucket: BucketSettings | null
  /** A password of one's own for the demo account; `null` for the one that everybody knows. */
  password: string | null
  /** Addresses of the reverse proxies before the demo, whose word on who asks is taken. */
  trustedProxies: string[]
  /** Nothing can be changed. */
  readOnly: boolean
  /** The page in its pseudo-locale, which shows what is not translated. */
  pseudoLocale: boolean
  /** Throw the data of earlier runs away. */
  reset: boolean
}

/** Which bucket, and for which columns. */
export interface BucketSettings {
  bucketName: string
  clientConfig: S3ClientConfig
  /** The columns whose media are in the bucket; `null` for all. */
  columns: string[] | null
  /** Longest life of a signed address, in seconds. */
  signedUrlExpiry: number
  /** Which way uploads go: past the server where it is `direct`, which the bucket's CORS rules must allow. */
  uploads: 'direct' | 'server'
}

const USAGE =
  'npm start -- [--reset], with HOST, PORT, DATA_DIR, DATABASE_URL, S3_*, ADMIN_PASSWORD, TRUSTED_PROXIES, READ_ONLY and PSEUDO_LOCALE from the environment'

/** @throws {Error} for an argument or a port that is not one */
export function readSettings(environment: NodeJS.ProcessEnv, args: string[]): Settings {
  const unknown = args.find((argument) => argument !== '--reset')
  if (unknown !== undefined) throw new Error(`The argument ${unknown} is not known. Usage: ${USAGE}.`)
  return {
    host: environment.HOST ?? '127.0.0.1',
    port: parsePort(environment.PORT ?? '8000'),
    dataFolder: resolve(environment.DATA_DIR ?? 'data'),
    databaseUrl: environment.DATABASE_URL ?? null,
    bucket: readBucket(environment),
    password: environment.ADMIN_PASSWORD ?? null,
    trustedProxies: environment.TRUSTED_PROXIES?.split(',') ?? [],
    readOnly: environment.READ_ONLY === 'true',
    pseudoLocale: environment.PSEUDO_LOCALE === 'true',
    reset: args.includes('--reset'),
  }
}

/** Whether nobody but this machine can reach the host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** What is not given here the SDK finds by itself, as it does in every program that uses it. */
function readBucket(environment: NodeJS.ProcessEnv): BucketSettings | null {
  const { S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_COLUMNS } = environment
  if (S3_BUCKET === undefined) return null
  const hasKeys = S3_ACCESS_KEY_ID !== undefined && S3_SECRET_ACCESS_KEY !== undefined
  return {
    bucketName: S3_BUCKET,
    clientConfig: {
      ...(S3_REGION === undefined ? {} : { region: S3_REGION }),
      ...(S3_ENDPOINT === undefined ? {} : { endpoint: S3_ENDPOINT }),
      ...(hasKeys ? { credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY } } : {}),
      forcePathStyle: environment.S3_FORCE_PATH_STYLE === 'true',
    },
    columns: S3_COLUMNS?.split(',') ?? null,
    signedUrlExpiry: Number(environment.S3_SIGNED_URL_EXPIRY ?? 3600),
    uploads: environment.S3_UPLOADS === 'direct' ? 'direct' : 'server',
  }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Error(`PORT is ${text}, and must be a whole number from 0 to 65535.`)
}
