import { type Socket, connect } from 'node:net'
import { type FileToVerify, MediaStorageError, type VerifyFile } from 'vitrine/storage'

/** Where clamd listens: `{ path: '/run/clamav/clamd.ctl' }`, or a host and port such as 3310. */
export type ClamdAddress = { path: string } | { host: string; port: number }

/** Longest answer that is read, in characters: one line. */
const MAX_RESPONSE_LENGTH = 4096

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
      const response = readResponse(socket)
      // It may come early, or not at all, while the file is still being sent.
      response.catch(() => {})
      await Promise.race([sendFile(socket, file), response])
      judge(file, await response)
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
    await write(socket, Buffer.concat([getLength(chunk), chunk]))
  }
  await write(socket, getLength(new Uint8Array()))
}

function getLength({ byteLength }: Uint8Array): Buffer {
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

function readResponse(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let response = ''
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      response += text
      if (response.includes('\0') || response.length > MAX_RESPONSE_LENGTH) resolve(response.split('\0')[0] ?? '')
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('clamd broke off before its answer.')))
  })
}

/** `stream: OK`, `stream: Eicar-Test-Signature FOUND`, or something that went wrong. */
function judge({ name }: FileToVerify, response: string): void {
  if (response === 'stream: OK') return
  const virus = /^stream: (.+) FOUND$/.exec(response)?.[1]
  if (virus !== undefined) throw new MediaStorageError('FILE_REFUSED', `${name} is refused: ClamAV found ${virus}.`)
  throw new Error(`clamd answered: ${response}`)
}
