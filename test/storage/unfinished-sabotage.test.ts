import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UnfinishedFiles } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { testMediaStorage } from 'vitrine/testing'
import { CollectingRunner } from './collecting-runner.ts'
import { movie } from './media-tables.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

let folder: string

beforeAll(async () => {
  folder = await makeTemporaryFolder()
})

afterAll(() => removeFolder(folder))

/** What is done wrong, and by what the suite finds it. */
const FAULTS: readonly [
  fault: string,
  change: (working: UnfinishedFiles) => Partial<UnfinishedFiles>,
  found: string[],
][] = [
  ['nothing', () => ({}), []],
  [
    'keeps what a failed atomic append brought',
    (working) => ({
      append: (path, appending) => working.append(path, { ...appending, isAtomic: false }),
    }),
    ['adds all bytes or none when it is told so'],
  ],
  [
    'loses what came before the last piece',
    (working) => ({
      append: async (path, appending) => {
        await working.remove(path)
        await working.create(path)
        return working.append(path, appending)
      },
    }),
    [
      'lets a hidden file grow piece by piece, out of sight',
      'lets a hidden file grow by large pieces that fit nothing',
      'adds all bytes or none when it is told so',
    ],
  ],
  [
    'removes nothing',
    () => ({ remove: async () => {} }),
    [
      'removes an unfinished file and no other, finished or not',
      'takes no path of an unfinished file that leads elsewhere',
    ],
  ],
  [
    'cannot be finished twice',
    (working) => ({ finish: finishOnce(working) }),
    ['finishes an unfinished file again, as after a crash'],
  ],
  [
    'gives a lease to everybody',
    ({ leases }) => ({
      leases: forwarding(leases, { claim: async (path, holder) => (await leases.claim(path, holder)) || true }),
    }),
    ['gives a lease to one of many who claim it'],
  ],
  [
    'lets a lease be taken over while it is renewed',
    ({ leases }) => ({
      leases: forwarding(leases, {
        takeOver: async (path, _lease, holder) => {
          const current = await leases.look(path)
          return current !== null && leases.takeOver(path, current, holder)
        },
      }),
    }),
    ['lets a lease be taken over that was not renewed, and no other'],
  ],
  [
    'lets everybody give a lease back',
    ({ leases }) => ({
      leases: forwarding(leases, {
        release: async (path) => leases.release(path, (await leases.look(path))?.holder ?? ''),
      }),
    }),
    ['lets only its holder renew a lease and give it back'],
  ],
]

describe('the conformance suite finds unfinished files that', () => {
  it.each(FAULTS)('do wrong: %s', async (_fault, change, found) => {
    const collecting = new CollectingRunner()
    const { describe: define, it: add } = collecting.runner
    testMediaStorage(
      { describe: (title, body) => (title === 'unfinished files' ? define(title, body) : undefined), it: add },
      {
        createStorage: (options) => {
          const place = { column: movie.poster, mediaPath: `${folder}/${crypto.randomUUID()}` }
          const storage = new LocalMediaStorage({ ...place, ...options })
          const working = storage.unfinishedFiles
          const value = { ...forwardingFiles(working), ...change(working) }
          Object.defineProperty(storage, 'unfinishedFiles', { value })
          return storage
        },
      },
    )
    expect(await collecting.failures()).toEqual(found)
  })
})

function forwardingFiles(working: UnfinishedFiles): UnfinishedFiles {
  return {
    leases: working.leases,
    create: (path) => working.create(path),
    find: (path) => working.find(path),
    append: (path, appending) => working.append(path, appending),
    finish: (path) => working.finish(path),
    remove: (path) => working.remove(path),
    sweep: (isKept) => working.sweep(isKept),
  }
}

type Leases = UnfinishedFiles['leases']

function forwarding(leases: Leases, change: Partial<Leases>): Leases {
  return {
    claim: (path, holder) => leases.claim(path, holder),
    look: (path) => leases.look(path),
    renew: (path, holder) => leases.renew(path, holder),
    takeOver: (path, lease, holder) => leases.takeOver(path, lease, holder),
    release: (path, holder) => leases.release(path, holder),
    ...change,
  }
}

function finishOnce(working: UnfinishedFiles): UnfinishedFiles['finish'] {
  const finished = new Set<string>()
  return async (path) => {
    if (finished.has(path)) throw new Error('It is finished.')
    finished.add(path)
    await working.finish(path)
  }
}
