// Builds the package unless what is in dist is newer than every source: an installation has just built it.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isBuilt } from './is-built.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

if (!isBuilt()) process.exitCode = spawnSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' }).status ?? 1
