import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const LIBRARY = ['src', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']

/** Whether the library in dist is newer than each of its sources. */
export function isLibraryBuilt() {
  return isNewer('dist/index.js', LIBRARY)
}

/** Whether that is so, and the same of the page. */
export function isBuilt() {
  return isLibraryBuilt() && isNewer('dist/ui/index.html', [...LIBRARY, 'ui'])
}

function isNewer(result, sources) {
  const builtAt = statSync(join(root, result), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return sources.every((source) => newest(join(root, source)) < builtAt)
}

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
