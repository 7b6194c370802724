import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const script = (name: string) => fileURLToPath(new URL(`../../scripts/s3/${name}`, import.meta.url))

/**
 * Starts a private S3 server for the tests that need one, unless `S3_ENDPOINT` names one already, and stops it after
 * them. The first start fetches the server; see `scripts/s3/README.md`.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.S3_ENDPOINT !== undefined) {
    console.log(`The S3 tests use ${process.env.S3_ENDPOINT}.`)
    return undefined
  }
  // A folder of its own, so that runs side by side do not share a server.
  process.env.S3_HOME = `/tmp/vitrine-s3-${process.pid}`
  const { stdout } = await run('bash', [script('start')], { timeout: 300_000 }).catch((error: unknown) => {
    throw new Error(
      'The S3 tests need a server and none could be started: set S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION and S3_BUCKET to one.',
      { cause: error },
    )
  })
  for (const [, name = '', value = ''] of stdout.matchAll(/^export (\w+)='(.*)'$/gm)) process.env[name] = value
  console.log(`The S3 tests use ${process.env.S3_SERVER} at ${process.env.S3_ENDPOINT}.`)
  return async () => {
    await run('bash', [script('stop')])
  }
}
