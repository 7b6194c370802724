import type { MediaStorage } from 'vitrine/storage'

/** An upload that stands still in the middle. */
export interface PausedUpload {
  /** Lets it go on, and gives the key. */
  finish: () => Promise<string>
}

/** Begins to store a file, and comes back when its first part has been taken. */
export async function pauseUpload(storage: MediaStorage, name = 'poster.jpg'): Promise<PausedUpload> {
  const opened: (() => void)[] = []
  const gate = new Promise<void>((resolve) => opened.push(resolve))
  let storing: Promise<string> | undefined
  await new Promise<void>((resolve, reject) => {
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(2_000_000, 'a')
      resolve()
      await gate
      yield Buffer.alloc(1000, 'b')
    }
    storing = storage.storeFile(name, body())
    storing.catch(reject)
  })
  return {
    finish: async () => {
      for (const open of opened) open()
      return (await storing) ?? ''
    },
  }
}
