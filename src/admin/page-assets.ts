import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { findBuiltFile } from '../package-files.ts'

/** A built file of the page. */
export interface PageAsset {
  readonly contentType: string
  /** Where the file is. */
  readonly path: string
  /** Where its Brotli-compressed form is; `null` when there is none. */
  readonly compressedPath: string | null
}

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['js', 'text/javascript; charset=utf-8'],
  ['mjs', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['ico', 'image/vnd.microsoft.icon'],
  ['woff2', 'font/woff2'],
  ['ttf', 'font/ttf'],
])

/**
 * The page's files by their path in the admin, such as `assets/index-Bx3.js`.
 *
 * Attack: a path such as `assets/../../package.json` leads out of the folder. No path is ever made of a request: a name
 * is looked up among those that were there at the start.
 *
 * @throws {Error} when the page was not built
 */
export function findPageAssets(): ReadonlyMap<string, PageAsset> {
  const folder = findBuiltFile('ui')
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'index.html')
    .map((entry) => join(entry.parentPath, entry.name))
  const compressed = new Set(paths.filter((path) => path.endsWith('.br')))
  return new Map(
    paths
      .filter((path) => !compressed.has(path))
      .map((path) => [
        relative(folder, path).replaceAll('\\', '/'),
        {
          contentType: CONTENT_TYPES.get(path.slice(path.lastIndexOf('.') + 1)) ?? 'application/octet-stream',
          path,
          compressedPath: compressed.has(`${path}.br`) ? `${path}.br` : null,
        },
      ]),
  )
}

/**
 * The page's HTML as it was built.
 *
 * @throws {Error} when the page was not built
 */
export function readPageHtml(): string {
  return readFileSync(findBuiltFile('ui/index.html'), 'utf8')
}
