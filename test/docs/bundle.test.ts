import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres, whyNoPostgres } from '../support/postgres-server.ts'
import { sampleFile } from '../support/sample-files.ts'
import { type PackedApplication, openPackedApplication } from './packed-application.ts'
import { type GuideStep, guideSteps } from './readme-guide.ts'
import { signIn } from './signed-in-client.ts'

const ACCOUNT = { email: 'ada@example.com', password: 'a long passphrase' }
const DEPLOYMENT = join(import.meta.dirname, '../../docs/deployment.md')

const missing = whyNoPostgres()
if (missing !== null) console.log(`skipped: the bundle. ${missing}`)

let postgres: PostgresServer
let application: PackedApplication

beforeAll(async () => {
  if (missing !== null) return
  postgres = await startPostgres()
  application = await openPackedApplication()
  Object.assign(application.environment, { DATABASE_URL: postgres.url, PORT: '0' })
}, 900_000)

afterAll(async () => {
  await application?.close()
  await postgres?.close()
})

it.skipIf(missing !== null)(
  'the commands of the deployment page bundle the server into one file that works without its node_modules',
  async () => {
    const steps = await guideSteps('Five minutes')
    for (const step of steps) if (step.kind === 'file') await application.write(step.name, step.content)
    await installGuide(steps)
    const [bundle, copy, start] = await bundleCommands()
    await application.run(`${bundle}\n`)
    // Nothing of the installation is left to be found by chance.
    await application.run('mv node_modules/vitrine vitrine-installed && rm -rf node_modules\n')
    await expect(application.start(start)).rejects.toThrow(
      /build\/vitrine\/ui is missing\. Vitrine is bundled: copy node_modules\/vitrine\/dist to a folder named vitrine/,
    )
    await application.run('mkdir node_modules && mv vitrine-installed node_modules/vitrine\n')
    await application.run(`${copy}\nrm -rf node_modules\n`)
    expect((await readdir(join(application.folder, 'build'))).toSorted()).toEqual(['server.mjs', 'vitrine'])

    const server = await application.start(start)
    const client = await signIn(server.url, ACCOUNT)
    const fileKey = await client.upload('/api/media/movie/poster?name=poster.jpg', sampleFile('jpg'))
    expect(await client.bytes(`/api/media/movie/poster/${fileKey}`)).toEqual(sampleFile('jpg'))
    const page = await (await fetch(server.url)).text()
    const [, script = ''] = /src="\.\/(assets\/[^"]+)"/.exec(page) ?? []
    expect((await fetch(`${server.url}/${script}`)).status).toBe(200)
    expect(await server.stop()).toBeOneOf(['130', 'SIGINT'])
  },
  900_000,
)

/** Installs what the guide does, and esbuild; creates tables and the user. */
async function installGuide(steps: GuideStep[]): Promise<void> {
  const [install = '', push = '', user = ''] = steps.flatMap((step) =>
    step.kind === 'commands' ? [step.commands] : [],
  )
  const esbuild = 'npm install --save-dev --save-exact esbuild@0.28.2\n'
  await application.run(`${install.replace(/^export .*\n/m, '')}${esbuild}${push}`)
  await application.run(user, `${ACCOUNT.password}\n`)
}

/** The three commands of the deployment page: bundle, copy, start. */
async function bundleCommands(): Promise<[string, string, string]> {
  const [, section = ''] = (await readFile(DEPLOYMENT, 'utf8')).split('\n## One file\n')
  const [bundle = '', copy = '', start = ''] = /```sh\n(.*?)```/s.exec(section)?.[1]?.split('\n') ?? []
  return [bundle, copy, start]
}
