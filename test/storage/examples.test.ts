import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it.each(['memory-storage/memory-media-storage.test.ts', 'clamav/scan-with-clamav.test.ts'])(
  "the example's own test %s passes under Node's test runner, as its reader runs it",
  async (test) => {
    const arguments_ = ['--import', 'tsx', '--test', '--test-reporter=tap', `examples/${test}`]
    const { stdout } = await promisify(execFile)(process.execPath, arguments_)
    expect(stdout).toMatch(/^# pass [1-9]\d*$/m)
    expect(stdout).toMatch(/^# fail 0$/m)
  },
)
