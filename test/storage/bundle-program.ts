import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Makes one JavaScript file of a program, so that a child process starts fast, and is as small in memory as without a
 * loader. Gives its path.
 */
export async function bundleProgram(name: string, folder = 'test/storage'): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'vitrine-program-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    ssr: { noExternal: true },
    resolve: {
      alias: [
        { find: /^vitrine\/storage\/local$/, replacement: join(ROOT, 'src/storage-local.ts') },
        { find: /^vitrine\/storage$/, replacement: join(ROOT, 'src/storage.ts') },
      ],
    },
    build: {
      ssr: join(ROOT, folder, name),
      outDir,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  })
  return join(outDir, 'program.mjs')
}
