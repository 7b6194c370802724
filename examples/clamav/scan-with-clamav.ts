import { type Socket, connect } from 'node:net'
import { type FileToVerify, MediaStorageError, type VerifyFile } from 'vitrine/storage'

/** Where clamd listens: `{ path: '/run/clamav/clamd.ctl' }`, or a host and port such as 3310. */
export type ClamdAddress = { path: string } | { host: string; port: number }

/** Longest answer that is read, in characters: one line. */
const LONGEST_ANSWER = 4096

/**
 * A `verifyFile` that streams each file to ClamAV's daemon (its INSTREAM command) and refuses what it finds. When the
 * daemon is down, breaks off, or finds the file longer than its `StreamMaxLength`, the file is refused as well.
 *
 * @example
 * new LocalMediaStorage({ column: movie.poster, mediaPath, verifyFile: scanWithClamav({ path: '/run/clamav/clamd.ctl' }) })
 */
export function scanWithClamav(address: ClamdAddress): VerifyFile {
  return async (file) => {
    const socket = connect(address)
    const letGo = () => socket.destroy()
    file.signal.addEventListener('abort', letGo, { once: true })
    try {
      const answer = readAnswer(socket)
      // It may come early, or not at all, while the file is still being sent.
      answer.catch(() => {})
      await Promise.race([sendFile(socket, file), answer])
      judge(file, await answer)
    } finally {
      file.signal.removeEventListener('abort', letGo)
      socket.destroy()
    }
  }
}

/** `z` says that commands and answers end in a zero byte. Each chunk has its length before it; one of none is the end. */
async function sendFile(socket: Socket, file: FileToVerify): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'))
  for await (const chunk of file.stream()) {
    if (chunk.byteLength === 0) continue
    await write(socket, Buffer.concat([lengthOf(chunk), chunk]))
  }
  await write(socket, lengthOf(new Uint8Array()))
}

function lengthOf({ byteLength }: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(byteLength)
  return length
}

/** Resolves when the daemon has room for more, so that no more than a chunk waits in memory. */
function write(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      answer += text
      if (answer.includes('\0') || answer.length > LONGEST_ANSWER) resolve(answer.split('\0')[0] ?? '')
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('clamd broke off before its answer.')))
  })
}

/** `stream: OK`, `stream: Eicar-Test-Signature FOUND`, or something that went wrong. */
function judge({ name }: FileToVerify, answer: string): void {
  if (answer === 'stream: OK') return
  const virus = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  if (virus !== undefined) throw new MediaStorageError('FILE_REFUSED', `${name} is refused: ClamAV found ${virus}.`)
  throw new Error(`clamd answered: ${answer}`)
}
