import { readdir } from 'node:fs/promises'

/** How many descriptors a process has open. */
export async function openDescriptors(pid: number | 'self' = 'self'): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length
}

/** Waits until no more than `base` descriptors are open, and returns how many are. */
export async function settledDescriptors(base: number, timeoutMs = 5000): Promise<number> {
  const deadline = Date.now() + timeoutMs
  let count = await openDescriptors()
  while (count > base && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    count = await openDescriptors()
  }
  return count
}
