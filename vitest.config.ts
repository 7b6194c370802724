import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Where continuous integration wants the results as JSON. */
const resultsFile = process.env.VITEST_RESULTS

const entry = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url))

/** Whatever drives a browser comes first, since it lasts longest: the short files at the end keep all workers busy. */
class BrowserFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const inDefaultOrder = super.sort.bind(this)
    const sorted = await inDefaultOrder(files)
    const ranks = ['test/browser/screens', 'test/browser/', 'test/s3/']
    const getRank = ({ moduleId }: TestSpecification) => ranks.findIndex((rank) => moduleId.includes(rank)) + 1 || 9
    return sorted.toSorted((one, other) => getRank(one) - getRank(other))
  }
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^vitrine$/, replacement: entry('index.ts') },
      { find: /^vitrine\/node$/, replacement: entry('node.ts') },
      { find: /^vitrine\/auth$/, replacement: entry('auth.ts') },
      { find: /^vitrine\/storage$/, replacement: entry('storage.ts') },
      { find: /^vitrine\/storage\/local$/, replacement: entry('storage-local.ts') },
      { find: /^vitrine\/storage\/s3$/, replacement: entry('storage-s3.ts') },
      { find: /^vitrine\/testing$/, replacement: entry('testing.ts') },
    ],
  },
  test: {
    // A machine with much else to do is slow, not wrong: what waits, waits long.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    globalSetup: ['test/support/postgres-cluster.ts'],
    expect: { poll: { timeout: 30_000 } },
    // Two cores, and tests that wait for clocks, disks and other processes a third of their time.
    maxWorkers: 3,
    // A browser, a server and a renderer share two cores: where a run decides, a test that ran out of time gets another try.
    retry: process.env.CI === undefined ? 0 : 2,
    sequence: { sequencer: BrowserFirst },
    reporters: resultsFile === undefined ? ['default'] : ['default', 'json'],
    ...(resultsFile === undefined ? {} : { outputFile: { json: resultsFile } }),
    projects: [
      {
        extends: true,
        test: {
          name: 'library',
          include: ['test/**/*.test.ts'],
          exclude: ['test/s3/**', 'test/browser/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 's3',
          include: ['test/s3/**/*.test.ts', 'test/browser/*-in-a-bucket.test.ts'],
          globalSetup: ['test/support/start-s3-server.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: ['test/browser/*-in-a-bucket.test.ts'],
        },
      },
    ],
  },
})
