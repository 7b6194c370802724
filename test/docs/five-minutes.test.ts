import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres, whyNoPostgres } from '../support/postgres-server.ts'
import { sampleFile } from '../support/sample-files.ts'
import { type PackedApplication, openPackedApplication } from './packed-application.ts'
import { guideSteps } from './readme-guide.ts'
import { signIn } from './signed-in-client.ts'

const PASSWORD = 'a long passphrase'
const START = 'npx tsx server.ts\n'

const missing = whyNoPostgres()
if (missing !== null) console.log(`skipped: the five minutes of the README. ${missing}`)

let postgres: PostgresServer
let application: PackedApplication

beforeAll(async () => {
  if (missing !== null) return
  postgres = await startPostgres()
  application = await openPackedApplication()
  application.environment['PORT'] = '0'
  application.environment['DATABASE_URL'] = postgres.url
})

afterAll(async () => {
  await application?.close()
  await postgres?.close()
})

it.skipIf(missing !== null)(
  'the five minutes of the README lead word for word from an empty folder to a saved row with its file',
  async () => {
    const steps = await guideSteps('Five minutes')
    const commands = steps.flatMap((step) => (step.kind === 'commands' ? [step.commands] : []))
    expect(commands).toHaveLength(4)
    expect(commands.at(-1)).toBe(START)

    for (const step of steps) {
      if (step.kind === 'file') await application.write(step.name, step.content)
      // The test's own server is at another port.
      else if (step.commands !== START) {
        await application.run(step.commands.replace(/^export DATABASE_URL=.*\n/m, ''), `${PASSWORD}\n`)
      }
    }
    const server = await application.start(START)
    const client = await signIn(server.url, { email: 'ada@example.com', password: PASSWORD })
    const fileKey = await client.upload('/api/media/movie/poster?name=poster.jpg', sampleFile('jpg'))
    const row = await client.create('/api/tables/movie/rows', { title: 'Metropolis', poster: fileKey })
    expect(row).toMatchObject({ row: { title: 'Metropolis', poster: fileKey, screenshots: [] } })
    expect(await readFile(join(application.folder, 'media/movie_poster', fileKey))).toEqual(
      Buffer.from(sampleFile('jpg')),
    )
    expect(await client.bytes(`/api/media/movie/poster/${fileKey}`)).toEqual(sampleFile('jpg'))
    expect(await server.stop()).toBeOneOf(['130', 'SIGINT'])

    await application.run('npx tsc')
    expect(await application.run('npx vitrine doctor')).toMatch(/^\d+ ok, 0 warnings, 0 failed$/m)
    // Sign-in outlives the next change of the schema.
    await application.run('npx drizzle-kit push')
    expect(await application.run('npx vitrine user reset --email ada@example.com', 'another passphrase\n')).toContain(
      'Changed the password of ada@example.com',
    )
    expect(await readdir(application.folder)).toContain('media')
  },
  900_000,
)
