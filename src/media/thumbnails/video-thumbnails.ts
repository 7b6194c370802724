import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import type { StoredFile } from '../../storage/core/stored-file.ts'
import { type VideoExcerpt, getVideoFormat, removeAbandonedExcerpts, withExcerpt } from './video-excerpt.ts'
import { Mutex } from './mutex.ts'

/** Longest time, in milliseconds, for a video. */
const MAX_SEARCH_LENGTH = 20_000

/** Longest image that is taken from ffmpeg, in bytes. */
const MAX_STILL_BYTES = 20_000_000

/** How many videos may wait: further ones are looked at when they are asked for again. */
const MAX_QUEUE_LENGTH = 100

/** Larger allocations, in bytes, and larger videos, in pixels, make ffmpeg give up. */
const MAX_ALLOCATION_BYTES = 256 * 1024 * 1024
const MAX_PIXELS = 40_000_000

/** No wider than the widest thumbnail, in the shape in which it is shown. */
const SCALE = "scale=w='min(1280,iw*sar)':h='max(1,ow/dar)',setsar=1"

/** Two images of each of the first seconds, those that are black left out; of six the one that is most like them all. */
const REPRESENTATIVE_FRAME = `fps=2,${SCALE},blackframe=amount=0:threshold=32,metadata=mode=select:key=lavfi.blackframe.pblack:value=90:function=less,thumbnail=6`

/** Finds a telling image in videos by ffmpeg, one video at a time. */
export class VideoThumbnails {
  readonly #program: string
  readonly #maxSearchLength: number
  readonly #turns = new Mutex()
  #waiting = 0
  #isMissing = false
  #isSwept = false

  /**
   * @param program - the name of ffmpeg, looked for where programs are, or its path
   * @param maxSearchLength - in milliseconds, for a video
   */
  constructor(program: string, maxSearchLength: number = MAX_SEARCH_LENGTH) {
    this.#program = program
    this.#maxSearchLength = maxSearchLength
  }

  /** An image of a video, as PNG; `null` when none can be found in it, `'later'` when too many wait. */
  async find(video: StoredFile): Promise<Uint8Array | 'later' | null> {
    if (this.#isMissing) return null
    if (this.#waiting >= MAX_QUEUE_LENGTH) return 'later'
    this.#waiting += 1
    try {
      return await this.#turns.take('', () => this.#search(video))
    } finally {
      this.#waiting -= 1
    }
  }

  async #search(video: StoredFile): Promise<Uint8Array | null> {
    if (this.#isMissing) return null
    const format = await getVideoFormat(video)
    if (format === null) return null
    await this.#sweepOnce()
    return withExcerpt(video, format, async (excerpt) => {
      const ends = Date.now() + this.#maxSearchLength
      const telling = await this.#run([...input(excerpt), '-t', '10', ...output(REPRESENTATIVE_FRAME)], excerpt, ends)
      return telling ?? this.#run([...input(excerpt), ...output(SCALE)], excerpt, ends)
    })
  }

  /** Before the first video, so that an application without videos does not look into the temporary folder. */
  async #sweepOnce(): Promise<void> {
    if (this.#isSwept) return
    this.#isSwept = true
    await removeAbandonedExcerpts()
  }

  /** What ffmpeg writes; `null` when it finds nothing, breaks off, takes too long or is not there. */
  #run(parameters: string[], { path }: VideoExcerpt, ends: number): Promise<Uint8Array | null> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.#program, parameters, {
        cwd: dirname(path),
        env: searchPath(),
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const timer = setTimeout(() => child.kill('SIGKILL'), ends - Date.now())
      const chunks: Buffer[] = []
      let size = 0
      child.stdout.on('data', (chunk: Buffer) => {
        size += chunk.byteLength
        if (size > MAX_STILL_BYTES) child.kill('SIGKILL')
        else chunks.push(chunk)
      })
      child.once('error', (error) => {
        clearTimeout(timer)
        this.#isMissing = 'code' in error && error.code === 'ENOENT'
        if (this.#isMissing) resolve(null)
        else reject(error)
      })
      child.once('close', (code) => {
        clearTimeout(timer)
        resolve(code === 0 && size > 0 ? Buffer.concat(chunks) : null)
      })
    })
  }
}

/**
 * Attack: a video whose tables name other files and addresses to read its images from, or whose size fills the memory.
 * Nothing is opened but the excerpt, whose kind is told and not guessed; what a video may ask for has limits.
 */
function input({ path, format }: VideoExcerpt): string[] {
  const limits = ['-max_alloc', String(MAX_ALLOCATION_BYTES), '-max_pixels', String(MAX_PIXELS), '-threads', '1']
  const references = format === 'mov' ? ['-enable_drefs', '0', '-use_absolute_path', '0'] : []
  const quietly = ['-hide_banner', '-loglevel', 'quiet', '-nostdin']
  return [...quietly, ...limits, '-protocol_whitelist', 'file', '-f', format, ...references, '-i', `file:${path}`]
}

function output(filters: string): string[] {
  const oneImage = ['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', filters, '-frames:v', '1', '-threads', '1']
  return [...oneImage, '-filter_threads', '1', '-c:v', 'png', '-f', 'image2pipe', 'pipe:1']
}

/** Where programs are found is all that ffmpeg is told of the environment, in which there are secrets. */
function searchPath(): NodeJS.ProcessEnv {
  const { PATH } = process.env
  return PATH === undefined ? {} : { PATH }
}
