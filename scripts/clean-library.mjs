// Empties dist/ of the library's own output, so that a file renamed in src leaves nothing behind. The page's build,
// dist/ui, is emptied by Vite.
import { readdirSync, rmSync } from 'node:fs'

const dist = new URL('../dist/', import.meta.url)

try {
  for (const name of readdirSync(dist)) {
    if (name !== 'ui') rmSync(new URL(name, dist), { recursive: true })
  }
} catch (error) {
  if (error.code !== 'ENOENT') throw error
}
