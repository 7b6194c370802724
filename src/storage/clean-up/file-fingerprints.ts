import { randomPartOf } from '../file-key.ts'

/** Tables that together hold the fingerprints: one that grows is copied, and a small one is copied in little room. */
const SHARDS = 256

const FIRST_CAPACITY = 64

/** A table grows by this when so much of it is taken. */
const GROWTH = 1.3
const FULLEST = 0.85

/**
 * Which of many files are referenced, in 64 bits a file: ten million take about 110 MB, where the keys themselves take
 * more than a gigabyte.
 *
 * A fingerprint is made of the random part of a key alone, which is all of it that rich text is sure to keep. Two files
 * with one fingerprint count as referenced when one is: a collision keeps a file, and never deletes one.
 */
export class FileFingerprints {
  readonly #shards: Shard[] = Array.from({ length: SHARDS }, () => new Shard())
  #marked = 0

  /** How many of the files are referenced. */
  get marked(): number {
    return this.#marked
  }

  /** Takes a file in. All are taken in before the first is marked. */
  add(key: string): void {
    const { high, low } = fingerprintOf(randomPartOf(key))
    this.#shardOf(low).add(high, low)
  }

  /** Whether a file was taken in, or another one with its fingerprint. */
  has(key: string): boolean {
    const { high, low } = fingerprintOf(randomPartOf(key))
    return this.#shardOf(low).has(high, low)
  }

  /** Notes that a value of a row references a file: a key, or its random part. */
  mark(value: string): void {
    const { high, low } = fingerprintOf(randomPartOf(value))
    if (this.#shardOf(low).mark(high, low)) this.#marked += 1
  }

  /** Whether the file was taken in and nothing references it. One that came later was not taken in. */
  isUnreferenced(key: string): boolean {
    const { high, low } = fingerprintOf(randomPartOf(key))
    return this.#shardOf(low).isUnmarked(high, low)
  }

  #shardOf(low: number): Shard {
    const shard = this.#shards[low % SHARDS]
    if (shard === undefined) throw new RangeError('There is no such shard.')
    return shard
  }
}

/** A table with open addressing. Two zeros mark a free place. */
class Shard {
  #highs: Uint32Array = new Uint32Array(FIRST_CAPACITY)
  #lows: Uint32Array = new Uint32Array(FIRST_CAPACITY)
  #marks: Uint8Array | null = null
  #size = 0

  add(high: number, low: number): void {
    if (this.#size >= this.#highs.length * FULLEST) this.#grow()
    const place = this.#find(high, low)
    if (this.#isTaken(place)) return
    this.#highs[place] = high
    this.#lows[place] = low
    this.#size += 1
  }

  has(high: number, low: number): boolean {
    return this.#isTaken(this.#find(high, low))
  }

  /** Whether it is the first time. */
  mark(high: number, low: number): boolean {
    const place = this.#find(high, low)
    if (!this.#isTaken(place)) return false
    this.#marks ??= new Uint8Array(this.#highs.length)
    const isFirst = this.#marks[place] === 0
    this.#marks[place] = 1
    return isFirst
  }

  isUnmarked(high: number, low: number): boolean {
    const place = this.#find(high, low)
    return this.#isTaken(place) && (this.#marks?.[place] ?? 0) === 0
  }

  /** Where it is, or belongs. */
  #find(high: number, low: number): number {
    const capacity = this.#highs.length
    let place = high % capacity
    while (this.#isTaken(place) && (this.#highs[place] !== high || this.#lows[place] !== low)) {
      place = place + 1 === capacity ? 0 : place + 1
    }
    return place
  }

  #isTaken(place: number): boolean {
    return this.#highs[place] !== 0 || this.#lows[place] !== 0
  }

  #grow(): void {
    const [highs, lows] = [this.#highs, this.#lows]
    const capacity = Math.ceil(highs.length * GROWTH)
    this.#highs = new Uint32Array(capacity)
    this.#lows = new Uint32Array(capacity)
    for (let index = 0; index < highs.length; index += 1) {
      const [high = 0, low = 0] = [highs[index], lows[index]]
      if (high === 0 && low === 0) continue
      const place = this.#find(high, low)
      this.#highs[place] = high
      this.#lows[place] = low
    }
  }
}

/** Two hashes of 32 bits (as in cyrb53): keys of another making may have random parts that are hardly random. */
function fingerprintOf(text: string): { high: number; low: number } {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return { high: high >>> 0, low: low >>> 0 || 1 }
}
