import { type FileHandle, open } from 'node:fs/promises'
import { vi } from 'vitest'

/** How many bytes go to files while `run` runs: watches the one method by which the local storage writes. */
export async function bytesWrittenBy(run: () => Promise<void>): Promise<number> {
  const writes = vi.spyOn(await fileHandlePrototype(), 'writev')
  try {
    await run()
    const results = await Promise.all(writes.mock.results.map(({ value }) => value))
    return results.reduce((total, { bytesWritten }) => total + bytesWritten, 0)
  } finally {
    writes.mockRestore()
  }
}

async function fileHandlePrototype(): Promise<FileHandle> {
  const handle = await open(process.execPath)
  await handle.close()
  const prototype: FileHandle = Object.getPrototypeOf(handle)
  return prototype
}
