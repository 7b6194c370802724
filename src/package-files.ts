import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The name of this module, which is another one when a bundler has put it into one file with the application. */
const OWN_NAME = /\/package-files\.[jt]s$/

/** Whether the package was bundled into one file with the application. */
export function isBundled(): boolean {
  return !OWN_NAME.test(new URL(import.meta.url).pathname)
}

/**
 * The path of a file of the built package that is read at run time, which no bundler takes along: in the package's `dist`, or
 * in the folder `vitrine` beside the bundle.
 *
 * @throws {Error} when it is in neither
 */
export function findBuiltFile(path: string): string {
  const file = fileURLToPath(new URL(isBundled() ? `./vitrine/${path}` : `../dist/${path}`, import.meta.url))
  if (existsSync(file)) return file
  const remedy = isBundled()
    ? 'Vitrine is bundled: copy node_modules/vitrine/dist to a folder named vitrine beside the bundle.'
    : 'The package is not built.'
  throw new Error(`${file} is missing. ${remedy}`)
}
