import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it("the example's own test passes under Node's test runner, as its reader runs it", async () => {
  const test = 'examples/memory-storage/memory-media-storage.test.ts'
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    '--test',
    '--test-reporter=tap',
    test,
  ])
  expect(stdout).toMatch(/^# pass [1-9]\d*$/m)
  expect(stdout).toMatch(/^# fail 0$/m)
})
