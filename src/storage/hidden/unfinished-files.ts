import type { DirectFiles } from './direct-files.ts'

/** An unfinished file as it stands. */
export interface UnfinishedFile {
  /** Bytes that are stored for good: a crash at this moment loses none of them. */
  readonly size: number
  /** When bytes last came. */
  readonly lastModified: Date
}

/** Bytes to be added at the end of an unfinished file. */
export interface Appending {
  /** The size that the file is known to have. */
  offset: number
  chunks: AsyncIterable<Uint8Array>
  /**
   * All bytes are added or, when `chunks` throws, none. Without it the bytes are added as they come, and stay when the
   * process is killed; then `chunks` never throws.
   */
  isAtomic: boolean
}

/**
 * Hidden files that are written piece by piece, by requests that may come to different servers: resumable uploads. All
 * that is known of them is in the storage itself. Paths are those of hidden files; a finished one is a hidden file.
 */
export interface UnfinishedFiles {
  /** Who may write; see {@link Leases}. */
  readonly leases: Leases
  /** Those whose bytes clients send past the server. Absent where none can. */
  readonly direct?: DirectFiles
  /** Begins an empty file. */
  create(path: string): Promise<void>
  /** An unfinished file; `null` when there is none. */
  find(path: string): Promise<UnfinishedFile | null>
  /** Adds bytes at the end, and returns the size that the file has then. Only for who has the lease. */
  append(path: string, appending: Appending): Promise<number>
  /** Makes it a hidden file. Called again, as after a crash, it brings to an end what was begun. */
  finish(path: string): Promise<void>
  /** Removes it, also when it is finished. Absent is no error. */
  remove(path: string): Promise<void>
  /** Removes what crashes left without a file: `isKept` tells which paths still have one. */
  sweep(isKept: (path: string) => Promise<boolean>): Promise<void>
}

/** A lease as it stands. */
export interface Lease {
  readonly holder: string
  /** Another one each time that the holder renews it. */
  readonly version: string
}

/**
 * The right to write a file, for one holder at a time among all servers. Each method is one step that nobody comes between.
 * Who holds a lease renews it; one that was not renewed for long belongs to a server that is gone.
 */
export interface Leases {
  /** Takes a lease that nobody has. */
  claim(path: string, holder: string): Promise<boolean>
  /** Who has it; `null` when nobody does. */
  look(path: string): Promise<Lease | null>
  /** Says that the holder is alive. `false` when somebody else has taken the lease over. */
  renew(path: string, holder: string): Promise<boolean>
  /** Takes a lease from its holder, unless that holder renews it at the same moment. */
  takeOver(path: string, lease: Lease, holder: string): Promise<boolean>
  /** Gives the lease back. Does nothing when somebody else has it. */
  release(path: string, holder: string): Promise<void>
}
