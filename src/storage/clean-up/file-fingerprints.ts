import { randomPartBounds } from '../file-key.ts'

/**
 * Tables that together hold the fingerprints. Which of them holds one tells 12 of its 44 bits, and one that grows is copied
 * in little room.
 */
const SHARDS = 4096

/** Places of a new table: not as many in each, so that they do not all grow at the same moment. */
const FIRST_CAPACITY = 16

/** A table grows by this when so much of it is taken. */
const GROWTH = 1.3
const FULLEST = 0.85

/** The part of a fingerprint that a table keeps is below this. */
const STORED = 2 ** 32

/**
 * Which of many files are referenced, in 4 bytes a file and the room to find them: ten million take about 60 MB, where
 * the keys themselves take more than a gigabyte.
 *
 * A fingerprint is made of the random part of a key alone, which is all of it that rich text is sure to keep. Two files
 * with one fingerprint count as referenced when one is: a collision keeps a file, and never deletes one. Among ten million
 * that happens to one unused file of 1.7 million, and to another one each time.
 */
export class FileFingerprints {
  readonly #shards: readonly Shard[] = Array.from({ length: SHARDS }, (_, index) => new Shard(firstCapacity(index)))
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
    const fingerprint = fingerprintOf(key, this.#seed)
    if (this.#shardOf(fingerprint).add(storedPart(fingerprint))) this.#size += 1
  }

  /** Whether a file was taken in, or another one with its fingerprint. */
  has(key: string): boolean {
    const fingerprint = fingerprintOf(key, this.#seed)
    return this.#shardOf(fingerprint).has(storedPart(fingerprint))
  }

  /** Notes that a value of a row references a file: a key, or its random part. */
  mark(value: string): void {
    const fingerprint = fingerprintOf(value, this.#seed)
    if (this.#shardOf(fingerprint).mark(storedPart(fingerprint))) this.#marked += 1
  }

  /** Whether the file was taken in and nothing references it. One that came later was not taken in. */
  isUnreferenced(key: string): boolean {
    const fingerprint = fingerprintOf(key, this.#seed)
    return this.#shardOf(fingerprint).isUnmarked(storedPart(fingerprint))
  }

  #shardOf(fingerprint: number): Shard {
    const shard = this.#shards[Math.floor(fingerprint / STORED)]
    if (shard === undefined) throw new RangeError('There is no such shard.')
    return shard
  }
}

/** A table with open addressing. Zero marks a free place. */
class Shard {
  #places: Uint32Array
  #marks: Uint8Array | null = null
  #size = 0

  constructor(capacity: number) {
    this.#places = new Uint32Array(capacity)
  }

  /** Whether it was not there yet. */
  add(stored: number): boolean {
    if (this.#size >= this.#places.length * FULLEST) this.#grow()
    const place = this.#find(stored)
    if (this.#places[place] !== 0) return false
    this.#places[place] = stored
    this.#size += 1
    return true
  }

  has(stored: number): boolean {
    return this.#places[this.#find(stored)] !== 0
  }

  /** Whether it is there, and marked for the first time. */
  mark(stored: number): boolean {
    const place = this.#find(stored)
    if (this.#places[place] === 0 || this.#isMarked(place)) return false
    this.#marks ??= new Uint8Array(Math.ceil(this.#places.length / 8))
    this.#marks[place >> 3] = (this.#marks[place >> 3] ?? 0) | (1 << (place & 7))
    return true
  }

  isUnmarked(stored: number): boolean {
    const place = this.#find(stored)
    return this.#places[place] !== 0 && !this.#isMarked(place)
  }

  #isMarked(place: number): boolean {
    return ((this.#marks?.[place >> 3] ?? 0) & (1 << (place & 7))) !== 0
  }

  /** Where it is, or belongs. */
  #find(stored: number): number {
    const places = this.#places
    const capacity = places.length
    let place = stored % capacity
    while (places[place] !== 0 && places[place] !== stored) place = place + 1 === capacity ? 0 : place + 1
    return place
  }

  #grow(): void {
    const former = this.#places
    this.#places = new Uint32Array(Math.ceil(former.length * GROWTH))
    for (const stored of former) if (stored !== 0) this.#places[this.#find(stored)] = stored
  }
}

function firstCapacity(shard: number): number {
  return Math.round(FIRST_CAPACITY * GROWTH ** (shard / SHARDS))
}

/** What the table of a fingerprint keeps of it: any 32 bits but zero. */
function storedPart(fingerprint: number): number {
  return fingerprint >>> 0 || 1
}

/** 44 bits of two hashes (as in cyrb53): keys of another making may have random parts that are hardly random. */
function fingerprintOf(key: string, seed: number): number {
  const { from, to } = randomPartBounds(key)
  let high = 0xdeadbeef ^ seed
  let low = 0x41c6ce57 ^ seed
  for (let index = from; index < to; index += 1) {
    const code = key.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (low & (SHARDS - 1)) * STORED + (high >>> 0)
}
