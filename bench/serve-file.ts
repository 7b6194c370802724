// How fast stored files are served, beside nginx with sendfile and a plain createReadStream, in one run.
// Run it on a quiet machine with nginx and wrk installed: npx tsx bench/serve-file.ts [seconds]
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { drizzle } from 'drizzle-orm/pglite'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { createAdmin, tableConfig } from 'vitrine'
import { serve } from 'vitrine/node'
import { LocalMediaStorage } from 'vitrine/storage/local'

const SIZES = { '4 KB': 4096, '100 KB': 102_400, '1 MB': 1_048_576, '100 MB': 104_857_600 }
const CONNECTIONS = 8
const ROUNDS = 3
const seconds = Number(process.argv[2] ?? 2)

const clip = pgTable('clip', { id: serial().primaryKey(), file: text() })
const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'))
const storage = new LocalMediaStorage({
  column: clip.file,
  mediaPath: join(folder, 'media'),
  signingSecret: '0123456789abcdef0123456789abcdef',
  contentCheck: 'off',
  filePermissions: 0o644,
})

const admin = createAdmin({
  db: drizzle.mock(),
  tables: [tableConfig({ table: clip, mediaStorage: [storage] })],
  authenticate: () => null,
})
const vitrine = await serve(admin, { port: 0 })
const plain = await servePlainly()
const nginx = await startNginx()

try {
  console.log(`MB/s (requests/s) with ${CONNECTIONS} connections, median of ${ROUNDS} rounds, and the ratio to nginx`)
  for (const [title, size] of Object.entries(SIZES)) {
    const key = await storage.storeFile('clip.mp4', Buffer.alloc(size, 7))
    const rootUrl = `${vitrine.url}/api/media/clip/file`
    const addresses = {
      nginx: `${nginx.url}/${key}`,
      vitrine: await storage.generateFileUrl(key, { rootUrl }),
      createReadStream: `${plain.url}/${key}`,
    }
    const rates: Record<string, number[]> = { nginx: [], vitrine: [], createReadStream: [] }
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, address] of Object.entries(addresses)) rates[name]?.push(await requestsPerSecond(address))
    }
    const base = median(rates.nginx ?? [])
    for (const [name, values] of Object.entries(rates)) {
      const rate = median(values)
      const speed = ((rate * size) / 1e6).toFixed(0)
      console.log(
        `${title.padEnd(7)} ${name.padEnd(17)} ${speed.padStart(6)} (${rate.toFixed(0)})  ${(rate / base).toFixed(2)}`,
      )
    }
  }
  console.log(`resident memory of this process: ${Math.round(process.memoryUsage().rss / 1e6)} MB`)
} finally {
  nginx.process.kill()
  plain.close()
  await vitrine.close()
  rmSync(folder, { recursive: true })
}

async function requestsPerSecond(url: string): Promise<number> {
  const { stdout: report } = await promisify(execFile)('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, url])
  if (/Non-2xx/.test(report)) throw new Error(`${url}\n${report}`)
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(report)?.[1])
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}

async function servePlainly(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const path = join(folder, 'media', (request.url ?? '').slice(1))
    response.writeHead(200, { 'Content-Length': statSync(path).size })
    createReadStream(path).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no port.')
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() }
}

async function startNginx(): Promise<{ url: string; process: ChildProcess }> {
  const port = 18_000 + (process.pid % 1000)
  const config = join(folder, 'nginx.conf')
  writeFileSync(
    config,
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log; user root;
     events { worker_connections 512; }
     http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
       server { listen 127.0.0.1:${port}; root ${folder}/media; } }`,
  )
  const child = spawn('nginx', ['-c', config, '-p', folder], { stdio: 'inherit' })
  await new Promise((resolve) => setTimeout(resolve, 500))
  return { url: `http://127.0.0.1:${port}`, process: child }
}
