/** Size of a buffer in bytes: the larger, the fewer calls a large file takes. */
const LARGE = 512 * 1024

/** How many of these there are at most: 16 MiB in all. */
const LARGE_COUNT = 32

/** Size in bytes for whoever comes when all of those are lent, so that a thousand clients who do not read hold little. */
const SMALL = 64 * 1024

/** Memory that files are read into on their way to clients, lent to one response at a time and then to the next. */
export class SendBuffers {
  readonly #free: Uint8Array[] = []
  #pooledLarge = 0

  acquire(): Uint8Array {
    if (this.#pooledLarge === LARGE_COUNT) return Buffer.allocUnsafeSlow(SMALL)
    this.#pooledLarge += 1
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(LARGE)
  }

  takeBack(buffer: Uint8Array, isReusable: boolean): void {
    if (buffer.byteLength !== LARGE) return
    this.#pooledLarge -= 1
    if (isReusable) this.#free.push(buffer)
  }
}
