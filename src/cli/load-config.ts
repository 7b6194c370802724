import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { VitrineConfig } from './define-config.ts'
import { UsageError } from './usage-error.ts'

/** Names that a configuration may have, the first one that exists being taken. */
const CONFIG_NAMES = ['vitrine.config.ts', 'vitrine.config.js', 'vitrine.config.mjs']

const TYPESCRIPT = /\.[cm]?ts$/

/**
 * Loads the configuration: that at `path`, or else the one in the working folder.
 *
 * @throws {UsageError} when there is none, or it cannot be loaded or used
 */
export async function loadConfig(path: string | undefined): Promise<VitrineConfig> {
  const file = path === undefined ? await findConfig() : resolve(path)
  if (!(await exists(file))) throw new UsageError(`There is no configuration ${file}.`)
  if (TYPESCRIPT.test(file)) await allowTypeScript(file)
  return parseConfig(await importDefault(file), basename(file))
}

async function findConfig(): Promise<string> {
  for (const name of CONFIG_NAMES) if (await exists(resolve(name))) return resolve(name)
  throw new UsageError(
    `There is no configuration in ${process.cwd()}: write a vitrine.config.ts that exports defineConfig({ tables }) by default, or name one by --config.`,
  )
}

/** Newer versions of Node read TypeScript by themselves; in others, tsx does when the application has it. */
async function allowTypeScript(file: string): Promise<void> {
  const features: object = process.features
  if ('typescript' in features && features.typescript !== false) return
  const tsx = findTsx(file)
  if (tsx === null) {
    throw new UsageError(
      `${basename(file)} is TypeScript, which Node ${process.versions.node} does not read by itself: npm install --save-dev tsx, use Node 22.18 or newer, or write the configuration as vitrine.config.mjs.`,
    )
  }
  await import(pathToFileURL(tsx).href)
}

/** The module that `node --import tsx` loads: it teaches this process TypeScript. */
function findTsx(file: string): string | null {
  try {
    return createRequire(file).resolve('tsx')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null
    throw error
  }
}

async function importDefault(file: string): Promise<unknown> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(file).href)
    return module.default
  } catch (error) {
    throw new UsageError(`${basename(file)} cannot be loaded: ${getReason(error)}`, { cause: error })
  }
}

function parseConfig(value: unknown, name: string): VitrineConfig {
  if (isConfig(value)) return value
  throw new UsageError(`${name} must export by default what defineConfig({ tables: [...] }) gives.`)
}

/** What is in the tables has been checked by the compiler, or is found out by the first use. */
function isConfig(value: unknown): value is VitrineConfig {
  return typeof value === 'object' && value !== null && 'tables' in value && Array.isArray(value.tables)
}

function getReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
