import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendBody } from './send-body.ts'

/** A server that takes uploads, and how one file is sent to it. */
export interface Receiver {
  name: string
  /** Where its files are, to be emptied between rounds. */
  folder: string
  process: ChildProcess
  send: (size: number, person?: number) => Promise<unknown>
}

const NAME = 'film.mp4'
/** As long as a browser's. */
const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW'

/** The receivers, each in a process of its own but for Vitrine's three ways, which share one. */
export async function startReceivers(folder: string, peers: string): Promise<Receiver[]> {
  const place = (name: string) => {
    const path = join(folder, name)
    mkdirSync(path, { recursive: true })
    return path
  }
  const peer = async (kind: string) => {
    const files = place(kind)
    return { folder: files, ...(await start(['bench/receive/peer-server.mjs', kind, peers, files])) }
  }
  const own = place('vitrine')
  const vitrine = { folder: own, ...(await start(['--import', 'tsx', 'bench/receive/vitrine-server.ts', own])) }
  const nginx = { folder: place('nginx'), ...(await startNginx(folder)) }
  const [busboy, multer, tus] = [await peer('busboy'), await peer('multer'), await peer('tus')]
  const column = `${vitrine.url}/api/media/clip/file`
  let count = 0
  return [
    { ...nginx, name: 'nginx', send: (size) => sendRaw(`${nginx.url}/${(count += 1)}.mp4`, 'PUT', { size }) },
    {
      ...vitrine,
      name: 'raw body',
      send: (size, person) => sendRaw(`${column}?name=${NAME}`, 'POST', { size, person }),
    },
    { ...vitrine, name: 'form', send: (size) => sendForm(column, size) },
    { ...vitrine, name: 'tus', send: (size) => sendTus(`${column}/uploads`, size) },
    { ...busboy, name: 'busboy', send: (size) => sendForm(busboy.url, size) },
    { ...multer, name: 'multer', send: (size) => sendForm(multer.url, size) },
    { ...tus, name: '@tus/file-store', send: (size) => sendTus(`${tus.url}/files`, size) },
  ]
}

/** Most memory that a process held since {@link resetPeak}, in bytes. */
export function getPeak({ pid }: ChildProcess): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}

/** Time of the processor that a process has taken, in seconds. */
export function getProcessorTime({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}

/** Of the system's clock, each second. */
const TICKS = 100

export function resetPeak({ pid }: ChildProcess): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

interface RawUpload {
  size: number
  person?: number | undefined
}

function sendRaw(url: string, method: string, { size, person = 1 }: RawUpload): Promise<unknown> {
  return sendBody({ url, method, headers: { 'x-person': String(person) }, size })
}

function sendForm(url: string, size: number): Promise<unknown> {
  const part = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${NAME}"\r\nContent-Type: video/mp4\r\n\r\n`
  return sendBody({
    url,
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    before: Buffer.from(part),
    behind: Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
    size,
  })
}

async function sendTus(url: string, size: number): Promise<void> {
  const version = { 'tus-resumable': '1.0.0' }
  const { location = '' } = await sendBody({
    url,
    method: 'POST',
    headers: {
      ...version,
      'upload-length': String(size),
      'upload-metadata': `filename ${Buffer.from(NAME).toString('base64')}`,
    },
    size: 0,
  })
  await sendBody({
    url: new URL(location, url).href,
    method: 'PATCH',
    headers: { ...version, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    size,
  })
}

async function start(parameters: string[]): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(process.execPath, parameters, { stdio: ['pipe', 'pipe', 'inherit'] })
  return { url: await nextLine(child), process: child }
}

/** The next line that a process says. */
export async function nextLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The process says nothing.')
  const lines = createInterface(stdout)
  try {
    for await (const line of lines) return line
  } finally {
    lines.close()
  }
  throw new Error('The process ended.')
}

async function startNginx(folder: string): Promise<{ url: string; process: ChildProcess }> {
  const port = 19_000 + (process.pid % 1000)
  const config = join(folder, 'nginx.conf')
  writeFileSync(
    config,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; user root;
     events { worker_connections 512; }
     http { access_log off; keepalive_requests 1000000; client_max_body_size 0; client_body_temp_path ${folder}/nginx-body;
       client_body_buffer_size 1m;
       server { listen 127.0.0.1:${port}; root ${folder}/nginx; dav_methods PUT; } }`,
  )
  const child = spawn('nginx', ['-c', config, '-p', folder], { stdio: 'inherit' })
  await sleep(500)
  return { url: `http://127.0.0.1:${port}`, process: child }
}
