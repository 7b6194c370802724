import { RANDOM_PART_LENGTH, randomPartStart } from '../keys/file-key.ts'

/**
 * Tables that together hold the fingerprints. Which of them holds one tells 10 of its 42 bits, and one that grows is copied
 * in little room.
 */
const TABLES = 1024

/** Places of a new table, or some more: not as many in each, so that they do not all grow at the same moment. */
const FIRST_CAPACITY = 16

/** A table grows by this when so much of it is taken. */
const GROWTH = 1.3
const FULLEST = 0.85

/** The part of a fingerprint that a table keeps is below this. */
const KEPT = 2 ** 32

/** What stands in a place that nothing was put into, and in that of a file which was found to be referenced. */
const FREE = 0
const REFERENCED = 1

/**
 * Which of many files are referenced, in 4 bytes a file and the room to find them: ten million take about 60 MB, where
 * the keys themselves take more than a gigabyte.
 *
 * A fingerprint is made of the random part of a key alone, which is all of it that rich text is sure to keep. Two files
 * with one fingerprint count as referenced when one is: a collision keeps a file, and never deletes one. Among ten million
 * that happens to one unused file of 440,000, and to another one each time.
 */
export class FileFingerprints {
  readonly #tables: Uint32Array[] = Array.from({ length: TABLES }, (_, table) => new Uint32Array(firstCapacity(table)))
  readonly #taken: Uint32Array = new Uint32Array(TABLES)
  readonly #seed: number
  #size = 0
  #marked = 0

  constructor(seed: number = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) {
    this.#seed = seed
  }

  /** How many of the files are referenced. */
  get marked(): number {
    return this.#marked
  }

  /** Whether there is a file that nothing references. */
  get hasUnreferenced(): boolean {
    return this.#marked < this.#size
  }

  /** Takes a file in. All are taken in before the first is marked. */
  add(key: string): void {
    const fingerprint = getFingerprint(key, this.#seed)
    const index = getTable(fingerprint)
    const table = this.#roomIn(index)
    const slot = findSlot(table, toStored(fingerprint))
    if (table[slot] !== FREE) return
    table[slot] = toStored(fingerprint)
    this.#taken[index] = (this.#taken[index] ?? 0) + 1
    this.#size += 1
  }

  /** Whether a file was taken in, and was not marked since then. One that came later was not taken in. */
  hasUnmarked(key: string): boolean {
    const fingerprint = getFingerprint(key, this.#seed)
    const table = this.#tableAt(getTable(fingerprint))
    return table[findSlot(table, toStored(fingerprint))] !== FREE
  }

  /** Notes that a value of a row references a file: a key, or its random part. */
  mark(value: string): void {
    const fingerprint = getFingerprint(value, this.#seed)
    const table = this.#tableAt(getTable(fingerprint))
    const slot = findSlot(table, toStored(fingerprint))
    if (table[slot] === FREE) return
    table[slot] = REFERENCED
    this.#marked += 1
  }

  #tableAt(index: number): Uint32Array {
    const table = this.#tables[index]
    if (table === undefined) throw new RangeError('There is no such table.')
    return table
  }

  /** The table, grown when there was no room for one more. */
  #roomIn(index: number): Uint32Array {
    const former = this.#tableAt(index)
    if ((this.#taken[index] ?? 0) < former.length * FULLEST) return former
    const table = new Uint32Array(Math.ceil(former.length * GROWTH))
    for (const stored of former) if (stored !== FREE) table[findSlot(table, stored)] = stored
    this.#tables[index] = table
    return table
  }
}

function firstCapacity(table: number): number {
  return Math.round(FIRST_CAPACITY * GROWTH ** (table / TABLES))
}

/** Where something is in a table with open addressing, or the free place where it belongs. */
function findSlot(table: Uint32Array, stored: number): number {
  const capacity = table.length
  let slot = Math.floor(stored * (capacity / KEPT))
  while (table[slot] !== FREE && table[slot] !== stored) slot = slot + 1 === capacity ? 0 : slot + 1
  return slot
}

function getTable(fingerprint: number): number {
  return Math.floor(fingerprint / KEPT)
}

/** What the table keeps of a fingerprint: 32 bits, that never say what else may stand in a place. */
function toStored(fingerprint: number): number {
  return Math.max(REFERENCED + 1, fingerprint >>> 0)
}

/** 42 bits of two hashes (as in cyrb53): keys of another making may have random parts that are hardly random. */
function getFingerprint(key: string, seed: number): number {
  const from = randomPartStart(key)
  const to = from === 0 ? key.length : from + RANDOM_PART_LENGTH
  let high = 0xdeadbeef ^ seed
  let low = 0x41c6ce57 ^ seed
  for (let index = from; index < to; index += 1) {
    const code = key.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (low & (TABLES - 1)) * KEPT + (high >>> 0)
}
