import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it("runs with Node's own test runner, as the example does", { timeout: 120_000 }, async () => {
  const test = 'examples/memory-storage/memory-media-storage.test.ts'
  const args = ['--import', 'tsx', '--test', '--test-reporter=tap', test]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } })
  expect(stdout).toMatch(/^# fail 0$/m)
  expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(100)
})
