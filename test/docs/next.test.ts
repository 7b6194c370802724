import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PostgresServer, startPostgres, whyNoPostgres } from '../support/postgres-server.ts'
import { sampleFile } from '../support/sample-files.ts'
import { type PackedApplication, type RunningServer, openPackedApplication } from './packed-application.ts'
import { guideSteps } from './readme-guide.ts'
import { type Send, signInBy } from './signed-in-client.ts'

const ACCOUNT = { email: 'ada@example.com', password: 'a long passphrase' }
const NEXT = 'next@16.4.6 react@19.3.1 react-dom@19.3.1 @types/react@19.3.0'

const missing = whyNoPostgres()
if (missing !== null) console.log(`skipped: the admin in Next. ${missing}`)

let postgres: PostgresServer
let application: PackedApplication
let next: RunningServer

/** Installing and building Next takes a minute, which is why all of it is in one file. */
beforeAll(async () => {
  if (missing !== null) return
  postgres = await startPostgres()
  application = await openPackedApplication()
  Object.assign(application.environment, { DATABASE_URL: postgres.url, NEXT_TELEMETRY_DISABLED: '1', PORT: '0' })
  const guide = await guideSteps('Five minutes')
  const recipe = await guideSteps('In Next')
  for (const step of [...guide, ...recipe]) {
    if (step.kind === 'commands') continue
    // As the recipe says.
    const content = step.content.replace(
      'createAdmin({ db, tables })',
      "createAdmin({ db, tables, basePath: '/admin' })",
    )
    if (step.name !== 'server.ts') await application.write(step.name, content)
  }
  const [install = '', push = '', user = ''] = guide.flatMap((step) =>
    step.kind === 'commands' ? [step.commands] : [],
  )
  await application.run(`${install.replace(/^export .*\n/m, '')}npm install --save-exact ${NEXT}\n${push}`)
  await application.run(user, `${ACCOUNT.password}\n`)
  const commands = recipe.flatMap((step) => (step.kind === 'commands' ? step.commands.trim().split('\n') : []))
  expect(commands).toEqual(['npx next build', 'npx next start'])
  await application.run(`${commands[0]}\n`)
  next = await application.start(`${commands[1]}`)
}, 900_000)

afterAll(async () => {
  await application?.close()
  await postgres?.close()
})

/** Sends to the port of Next whatever the host, as a browser or a proxy does; `fetch` would not let `Host` be set. */
function sendAs(headers: Record<string, string>): Send {
  const { port } = new URL(next.url)
  return (path, init) =>
    new Promise((resolve, reject) => {
      const sent = { ...Object.fromEntries(new Headers(init.headers)), ...headers }
      // A connection for each request: Next closes idle ones after five seconds.
      const options = {
        agent: false,
        host: '127.0.0.1',
        port,
        path: `/admin${path}`,
        method: init.method ?? 'GET',
        headers: sent,
      }
      const outgoing = request(options, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const received = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
            values.map((value): [string, string] => [name, value]),
          )
          resolve(new Response(Buffer.concat(chunks), { status: incoming.statusCode ?? 0, headers: received }))
        })
      })
      outgoing.on('error', reject)
      outgoing.end(init.body)
    })
}

describe.skipIf(missing !== null)('the recipe for Next, built and started', () => {
  const port = () => new URL(next.url).port
  const browser = { 'sec-fetch-site': 'same-origin' }

  it.each<[string, () => { origin: string; headers: Record<string, string> }]>([
    [
      '127.0.0.1',
      () => ({ origin: `http://127.0.0.1:${port()}`, headers: { host: `127.0.0.1:${port()}`, ...browser } }),
    ],
    [
      'localhost',
      () => ({ origin: `http://localhost:${port()}`, headers: { host: `localhost:${port()}`, ...browser } }),
    ],
    [
      'a host name over plain HTTP, where browsers send no Sec-Fetch-Site',
      () => ({ origin: `http://admin.test:${port()}`, headers: { host: `admin.test:${port()}` } }),
    ],
    [
      'a proxy with TLS that passes Host on',
      () => ({
        origin: 'https://admin.example.com',
        headers: { host: 'admin.example.com', 'x-forwarded-proto': 'https', ...browser },
      }),
    ],
    [
      'a proxy with TLS that forwards the host name only',
      () => ({
        origin: 'https://admin.example.com',
        headers: { 'x-forwarded-host': 'admin.example.com', 'x-forwarded-proto': 'https', ...browser },
      }),
    ],
  ])('signs in, uploads and saves at %s', async (_title, place) => {
    const { origin, headers } = place()
    const client = await signInBy(sendAs(headers), { account: ACCOUNT, origin })
    const fileKey = await client.upload('/api/media/movie/poster?name=poster.jpg', sampleFile('jpg', 300_000))
    expect(await client.create('/api/tables/movie/rows', { title: 'Metropolis', poster: fileKey })).toMatchObject({
      row: { title: 'Metropolis', poster: fileKey },
    })
    expect(await client.bytes(`/api/media/movie/poster/${fileKey}`)).toEqual(sampleFile('jpg', 300_000))
    const page = await sendAs(headers)('', {})
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<base href="/admin/" />')])
  })

  it('refuses a page of another origin, whatever headers it can set', async () => {
    const signIn = async (headers: Record<string, string>) => {
      const { status } = await sendAs(headers)('/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(ACCOUNT),
      })
      return status
    }
    const host = `127.0.0.1:${port()}`
    const forged = { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
    expect(await signIn({ host, ...forged })).toBe(403)
    expect(await signIn({ host, ...forged, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await signIn({ host: 'admin.example.com', origin: `http://localhost:${port()}` })).toBe(403)
    expect(await signIn({ host, origin: `http://${host}` })).toBe(200)
  })
})
