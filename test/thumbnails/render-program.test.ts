import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../src/media/thumbnails/render-program.ts', import.meta.url))

it.each([0, 1000])('ends with whoever started it, also when he is gone after %i ms', async (delay) => {
  const child = fork(PROGRAM, [], {
    env: {},
    execArgv: ['--import', 'tsx'],
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  })
  const ended = once(child, 'exit')
  setTimeout(() => child.disconnect(), delay)
  expect(await ended).toEqual([0, null])
})
