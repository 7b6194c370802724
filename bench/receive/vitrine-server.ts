// Vitrine in a process of its own: vitrine-server.ts <media folder>. Whoever sends is person `x-person`. To a line on the
// standard input it answers with the delay of its event loop since the line before.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { drizzle } from 'drizzle-orm/pglite'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { createAdmin, tableConfig } from 'vitrine'
import { serve } from 'vitrine/node'
import { LocalMediaStorage } from 'vitrine/storage/local'

const clip = pgTable('clip', { id: serial().primaryKey(), file: text() })
const storage = new LocalMediaStorage({ column: clip.file, mediaPath: process.argv[2] ?? '', signUrls: false })
const admin = createAdmin({
  db: drizzle.mock(),
  tables: [tableConfig({ table: clip, mediaStorage: [storage] })],
  authenticate: (request) => ({ id: request.headers.get('x-person') ?? '1', name: 'Ada', email: 'ada@example.com' }),
})
const { url } = await serve(admin, { port: 0 })
process.stdout.write(`${url}\n`)

const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()
for await (const _line of createInterface(process.stdin)) {
  process.stdout.write(`${JSON.stringify({ p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 })}\n`)
  delay.reset()
}
