// How fast uploads are received and written, beside nginx (PUT of its WebDAV module), busboy, multer and @tus/file-store, in one
// run of rounds in turn; then what 200 videos at once do to the memory and the event loop of the server. Vitrine looks at each
// file, and answers when it is on the disk for good; the others answer when it is written.
//
// It needs nginx. The peers are no dependencies of this project: they are fetched into a folder of their own.
// npx tsx bench/receive.ts [rounds] [uploads at once]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Receiver, nextLine, getPeak, getProcessorTime, resetPeak, startReceivers } from './receive/receivers.ts'
import { closeConnections } from './receive/send-body.ts'

const PEERS = ['busboy@1.6.0', 'multer@2.5.0', '@tus/server@2.4.5', '@tus/file-store@2.1.1']
const MEGABYTE = 1_000_000
const LOADS = [
  { title: '1 MB x 200, 8 at once', size: MEGABYTE, count: 200, atOnce: 8 },
  { title: '100 MB', size: 100 * MEGABYTE, count: 4, atOnce: 1 },
]

const rounds = Number(process.argv[2] ?? 5)
const atOnce = Number(process.argv[3] ?? 200)
const folder = mkdtempSync(join(tmpdir(), 'vitrine-receive-'))
const peers = process.env.RECEIVE_PEERS ?? join(folder, 'peers')
if (process.env.RECEIVE_PEERS === undefined) {
  execFileSync('npm', ['install', '--prefix', peers, '--no-audit', '--no-fund', ...PEERS], { stdio: 'inherit' })
}

const receivers = await startReceivers(folder, peers)
try {
  if (rounds > 0) for (const load of LOADS) await compare(load)
  const own = receivers.find(({ name }) => name === 'raw body')
  if (own !== undefined && atOnce > 0) await overload(own)
} finally {
  closeConnections()
  for (const { process: child } of receivers) child.kill()
  rmSync(folder, { recursive: true })
}

interface Round {
  /** In MB each second. */
  speed: number
  /** Of the processor, in milliseconds for each 100 MB: other programs do not make it longer. */
  work: number
  /** Most memory, in MB. */
  memory: number
}

async function compare(load: (typeof LOADS)[number]): Promise<void> {
  const measured = new Map<Receiver, Round[]>(receivers.map((receiver) => [receiver, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [receiver, list] of measured) {
      const result = await measure(receiver, load)
      // The first round is for warming up.
      if (round > 0) list.push(result)
    }
  }
  const [base = []] = measured.values()
  const of = (list: Round[], field: keyof Round) => median(list.map((round) => round[field]))
  console.log(
    `${load.title}: MB/s, median of ${rounds} rounds; ratio to nginx; ms of processor for 100 MB; MB of memory`,
  )
  for (const [{ name }, list] of measured) {
    const ratio = of(list, 'speed') / of(base, 'speed')
    const columns = [
      of(list, 'speed').toFixed(0),
      ratio.toFixed(2),
      of(list, 'work').toFixed(0),
      of(list, 'memory').toFixed(0),
    ]
    console.log(`  ${name.padEnd(16)} ${columns.map((column) => column.padStart(6)).join(' ')}`)
  }
}

async function measure(receiver: Receiver, { size, count, atOnce: width }: (typeof LOADS)[number]): Promise<Round> {
  const { process: child } = receiver
  resetPeak(child)
  const workBefore = getProcessorTime(child)
  const started = performance.now()
  await sendMany(receiver, { size, count, width })
  const seconds = (performance.now() - started) / 1000
  const megabytes = (size * count) / MEGABYTE
  const work = ((getProcessorTime(child) - workBefore) * 1000 * 100) / megabytes
  const memory = getPeak(child) / 1e6
  empty(receiver)
  return { speed: megabytes / seconds, work, memory }
}

async function sendMany(
  { send }: Receiver,
  { size, count, width }: { size: number; count: number; width: number },
): Promise<void> {
  let sent = 0
  const line = async () => {
    while (sent < count) {
      sent += 1
      await send(size)
    }
  }
  await Promise.all(Array.from({ length: width }, line))
}

/** Each two videos are of another person, so that none waits for a place. */
async function overload({ process: child, send, ...receiver }: Receiver): Promise<void> {
  const delay = async () => {
    child.stdin?.write('\n')
    const told: { p99: number; max: number } = JSON.parse(await nextLine(child))
    return told
  }
  await delay()
  resetPeak(child)
  const before = getPeak(child)
  const started = performance.now()
  await Promise.all(Array.from({ length: atOnce }, (_, index) => send(50 * MEGABYTE, Math.floor(index / 2))))
  const seconds = (performance.now() - started) / 1000
  const { p99, max } = await delay()
  const growth = (getPeak(child) - before) / 1e6
  console.log(
    `${atOnce} films of 50 MB at once: ${((atOnce * 50) / seconds).toFixed(0)} MB/s, memory grows by ${growth.toFixed(0)} MB, delay of the event loop p99 ${p99.toFixed(0)} ms, at most ${max.toFixed(0)} ms`,
  )
  empty(receiver)
}

function empty({ folder: files }: Pick<Receiver, 'folder'>): void {
  for (const name of readdirSync(files)) if (!name.startsWith('.')) rmSync(join(files, name), { recursive: true })
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
