// The browser tests drive a real Chromium. Finds one that is there; else asks Playwright for its own build; else installs
// Debian's package. Prints what it did, and fails with a sentence when none of the three works.
import { spawnSync } from 'node:child_process'
import { findChromium } from './find-chromium.mjs'

const isRoot = process.getuid?.() === 0
const attempts = [
  ['npx', ['playwright-core', 'install', 'chromium']],
  [
    'sh',
    [
      '-c',
      `${isRoot ? '' : 'sudo -n '}apt-get update && ${isRoot ? '' : 'sudo -n '}apt-get install -y --no-install-recommends chromium`,
    ],
  ],
]

let found = findChromium()
for (const [command, args] of attempts) {
  if (found !== null) break
  console.log(`No Chromium found; running: ${command} ${args.join(' ')}`)
  spawnSync(command, args, { stdio: 'inherit', timeout: 300_000 })
  found = findChromium()
}

if (found === null) {
  console.error(
    'The browser tests need Chromium. Install it (for example `apt-get install chromium`), or name one in CHROMIUM_PATH.',
  )
  process.exit(1)
}
console.log(`Browser tests use ${found}`)
