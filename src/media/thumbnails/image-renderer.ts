import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { extname } from 'node:path'
import type { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { findBuiltFile, isBundled } from '../../package-files.ts'
import type { RenderJob, RenderResult } from './render-job.ts'

/** Longest time, in milliseconds, for an image to be read, rendered and sent back. */
const JOB_TIMEOUT_MS = 20_000

/** The same for a drawing: nothing stops the library before it has drawn all of it, so that the process is ended. */
const VECTOR_TIMEOUT_MS = 8_000

/** How long the process stays without a job, in milliseconds: starting it takes a tenth of a second, its memory 60 MB. */
const IDLE_LIFE = 30_000

/** The process ended before it answered. */
export class RendererEnded extends Error {
  override readonly name = 'RendererEnded'
  /** The image took too much time, so that there is no sense in trying it once more. */
  readonly isTimeout: boolean

  constructor(isTimeout: boolean) {
    super(`The process that renders pictures ${isTimeout ? 'took too long' : 'ended before it answered'}.`)
    this.isTimeout = isTimeout
  }
}

/** Renders images one after another in a process of its own, which is started with the first and ends when idle. */
export class ImageRenderer {
  #child: ChildProcess | null = null
  #idleTimer: ReturnType<typeof setTimeout> | undefined

  /**
   * Sends an image to the process, at the pace it is read, and waits for the thumbnail.
   *
   * @throws {RendererEnded} when the process ended; the next image gets a new one
   * @throws whatever reading the image throws
   */
  async render(job: RenderJob, image: ReadableStream<Uint8Array>): Promise<RenderResult> {
    clearTimeout(this.#idleTimer)
    const child = this.#process()
    try {
      const [result] = await Promise.all([nextResponse(child, job), send(child, job, image)])
      this.#endWhenIdle(child)
      return result
    } catch (error) {
      // What is left of this image on its way would be taken for the next one.
      this.#end(child)
      throw error
    }
  }

  /** Starts the process ahead of the first image, which is on its way. */
  prepare(): void {
    if (this.#child === null) this.#endWhenIdle(this.#process())
  }

  #process(): ChildProcess {
    if (this.#child !== null) return this.#child
    const child = startProcess()
    child.once('exit', () => this.#forget(child))
    this.#child = child
    return child
  }

  #endWhenIdle(child: ChildProcess): void {
    this.#idleTimer = setTimeout(() => this.#end(child), IDLE_LIFE).unref()
  }

  #end(child: ChildProcess): void {
    child.kill('SIGKILL')
    this.#forget(child)
  }

  #forget(child: ChildProcess): void {
    if (this.#child === child) this.#child = null
  }
}

/** Whether the library that renders is there. It is looked for without loading it. */
export function isRendererInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve('sharp')
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return false
    throw error
  }
}

/** The process gets no environment, so that it holds no secret, and keeps nobody from ending. */
function startProcess(): ChildProcess {
  const extension = extname(fileURLToPath(import.meta.url))
  const program = isBundled()
    ? findBuiltFile('media/thumbnails/render-program.js')
    : fileURLToPath(new URL(`render-program${extension}`, import.meta.url))
  const child = fork(program, [], {
    env: {},
    execArgv: extension === '.ts' ? ['--import', 'tsx'] : [],
    serialization: 'advanced',
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  })
  child.unref()
  child.channel?.unref()
  // A broken pipe is told by the end of the process.
  child.stdin?.on('error', () => {})
  return child
}

async function nextResponse(child: ChildProcess, { isVector }: RenderJob): Promise<RenderResult> {
  const settled = new AbortController()
  let isTimeout = false
  const timer = setTimeout(
    () => {
      isTimeout = true
      child.kill('SIGKILL')
    },
    isVector ? VECTOR_TIMEOUT_MS : JOB_TIMEOUT_MS,
  )
  try {
    const message = await Promise.race([
      once(child, 'message', { signal: settled.signal }).then(([first]: unknown[]) => first),
      once(child, 'close', { signal: settled.signal }),
    ])
    if (isResult(message)) return message
    throw new RendererEnded(isTimeout)
  } finally {
    clearTimeout(timer)
    settled.abort()
  }
}

function isResult(message: unknown): message is RenderResult {
  if (typeof message !== 'object' || message === null) return false
  return ('bytes' in message && message.bytes instanceof Uint8Array) || 'refusal' in message
}

async function send(child: ChildProcess, job: RenderJob, image: ReadableStream<Uint8Array>): Promise<void> {
  const { stdin } = child
  if (stdin === null) throw new TypeError('The process that renders pictures has no standard input.')
  // A process that has just been killed is told by its end, and not by what could not be said to it.
  child.send(job, () => {})
  for await (const chunk of image) {
    if (stdin.destroyed) return
    if (!stdin.write(chunk)) await drained(stdin)
  }
}

/** Resolves when the process took what was sent, or ended. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const reconcile = () => {
      stream.off('drain', reconcile)
      stream.off('close', reconcile)
      resolve()
    }
    stream.on('drain', reconcile)
    stream.on('close', reconcile)
  })
}
