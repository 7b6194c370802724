import Uppy from '@uppy/core'
import Tus from '@uppy/tus'

const PIECE = 4 * 1024 * 1024

/** What runs in the page: Uppy with its plugin for tus, as they are published. */
declare global {
  interface Window {
    uploadByUppy: (endpoint: string, head: number[], size: number) => Promise<{ fileKey: string; sha256: string }>
  }
}

window.uploadByUppy = async (endpoint, head, size) => {
  const file = makeFile(head, size)
  const uppy = new Uppy()
  let fileKey = ''
  uppy.use(Tus, {
    endpoint,
    chunkSize: 16 * 1024 * 1024,
    // A server that restarts on a busy machine is away for longer than a person would wait.
    retryDelays: [100, 500, 1000, ...Array.from({ length: 60 }, () => 2000)],
    onAfterResponse: (_request, response) => {
      fileKey = response.getHeader('Upload-File-Key') ?? fileKey
    },
  })
  uppy.addFile({ name: 'uppy.mp4', type: 'video/mp4', data: file })
  const result = await uppy.upload()
  const [failed] = result?.failed ?? []
  if (failed !== undefined) throw new Error(`Uppy: ${failed.error ?? 'failed'}`)
  return { fileKey: decodeURIComponent(fileKey), sha256: await hashOf(file) }
}

/** A video, and behind it pieces that differ, so that one in another's place shows. */
function makeFile(head: number[], size: number): Blob {
  const pieces: BlobPart[] = [new Uint8Array(head)]
  for (let left = size - head.length, number = 0; left > 0; left -= PIECE, number += 1) {
    const piece = new Uint8Array(Math.min(PIECE, left)).fill(number % 251)
    const view = new DataView(piece.buffer)
    // A box that players pass over.
    view.setUint32(0, piece.byteLength)
    piece.set(new TextEncoder().encode('free'), 4)
    pieces.push(piece)
  }
  return new Blob(pieces)
}

async function hashOf(file: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
