import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))

interface PackageDescription {
  exports: Record<string, string | { default: string }>
}

const description: PackageDescription = JSON.parse(await readFile(`${root}/package.json`, 'utf8'))
const entries = Object.keys(description.exports).filter((name) => !name.endsWith('.json'))

it('there are seven entries', () => {
  expect(entries).toHaveLength(7)
})

it.each(entries)('%s of the built package can be loaded by require() and by import()', async (name) => {
  const entry = JSON.stringify(`vitrine${name.slice(1)}`)
  const program = `const required = Object.keys(require(${entry}))
    import(${entry}).then((imported) => console.log(JSON.stringify([required, Object.keys(imported)])))`
  const { stdout } = await run(process.execPath, ['--input-type=commonjs', '--eval', program], { cwd: root })
  const [required, imported]: [string[], string[]] = JSON.parse(stdout)
  expect(required.length).toBeGreaterThan(0)
  expect(required.filter((key) => key !== '__esModule')).toEqual(imported)
})

it('the SDK of S3 is not loaded before it is used, and missed with a sentence that says what to do', async () => {
  const program = `const { syncBuiltinESMExports, Module } = require('node:module')
    const { S3MediaStorage } = require('vitrine/storage/s3')
    const loaded = Object.keys(require.cache).some((path) => path.includes('client-s3'))
    const resolve = Module._resolveFilename
    Module._resolveFilename = (name, ...rest) => {
      if (name === '@aws-sdk/client-s3') throw Object.assign(new Error('absent'), { code: 'MODULE_NOT_FOUND' })
      return resolve(name, ...rest)
    }
    const { pgTable, varchar } = require('drizzle-orm/pg-core')
    const film = pgTable('film', { poster: varchar({ length: 255 }) })
    let message = null
    try {
      new S3MediaStorage({ column: film.poster, bucketName: 'b', clientConfig: { region: 'eu-central-1' } })
    } catch (error) {
      message = error.message
    }
    console.log(JSON.stringify({ loaded, message }))`
  const { stdout } = await run(process.execPath, ['--input-type=commonjs', '--eval', program], { cwd: root })
  expect(JSON.parse(stdout)).toEqual({
    loaded: false,
    message: 'S3MediaStorage needs the AWS SDK, which is not installed: npm install @aws-sdk/client-s3',
  })
})
