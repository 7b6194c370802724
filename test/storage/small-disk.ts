import { execFileSync } from 'node:child_process'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

/** Why a small disk cannot be made here, or `null` when it can. */
export function whyNoSmallDisk(): string | null {
  if (process.getuid?.() !== 0) return 'only root can mount a file system'
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'pipe' })
    return null
  } catch (error) {
    return `a tmpfs cannot be mounted here: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
  }
}

/** Mounts a file system in memory with these options, such as `size=1m`; gives its folder. */
export async function mountSmallDisk(options: string): Promise<string> {
  const folder = await makeTemporaryFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder])
  return folder
}

export async function unmountSmallDisk(folder: string): Promise<void> {
  execFileSync('umount', ['-l', folder])
  await removeFolder(folder)
}
