import type { ListedFile } from '../core/media-storage-types.ts'
import { type CleanUpPlan, emptyReport } from './clean-up-options.ts'
import { type Findings, type Search, listUnused } from './find-unused.ts'

/** Files that are remembered from the count. When there are more, they are listed again. */
const REMEMBERED = 50_000

/** Keys that are shown to who is asked. */
const EXAMPLES = 10

/** The files that would go. */
export interface Candidates extends CleanUpPlan {
  files(): AsyncIterable<ListedFile> | Iterable<ListedFile>
}

/** Counts the unused files, and remembers them as far as memory allows. */
export async function chooseCandidates(search: Search, findings: Findings): Promise<Candidates> {
  const { options, report } = search
  const limit = options.limit ?? Infinity
  const remembered: ListedFile[] = []
  let [count, bytes] = [0, 0]
  for await (const file of listUnused(search, findings)) {
    report.unused += 1
    if (!(count < limit)) continue
    count += 1
    bytes += file.size
    if (remembered.length < REMEMBERED) remembered.push(file)
  }
  const again = () => getFirst(limit, listUnused({ ...search, report: emptyReport() }, findings))
  return {
    count,
    bytes,
    examples: remembered.slice(0, EXAMPLES).map(({ key }) => key),
    files: count <= REMEMBERED ? () => remembered : again,
  }
}

async function* getFirst(limit: number, files: AsyncIterable<ListedFile>): AsyncGenerator<ListedFile> {
  let remaining = limit
  for await (const file of files) {
    if (!(remaining > 0)) return
    remaining -= 1
    yield file
  }
}
