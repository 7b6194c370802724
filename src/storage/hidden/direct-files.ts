/** An unfinished file whose parts clients send to the storage's back end themselves. */
export interface DirectFile {
  /** Bytes of a part; the last one may be shorter. */
  readonly partSize: number
  /** The numbers, from 1, of the parts that are stored. */
  readonly storedParts: readonly number[]
  /** Bytes that are stored. */
  readonly size: number
  /** When bytes last came. */
  readonly lastModified: Date
}

/** A part that a client is about to send. */
export interface PartToSign {
  readonly number: number
  /** The CRC32 of its bytes in Base64, the highest byte first. */
  readonly crc32: string | null
}

/** Leave to send one part, to one place, with one length. */
export interface SignedPart {
  readonly number: number
  /** For PUT. */
  readonly url: string
  /** To be sent along just so: they are signed. */
  readonly headers: Readonly<Record<string, string>>
  readonly expiresAt: Date
}

/**
 * Hidden files whose bytes clients send to the back end themselves, in parts, each with leave that is signed here. What
 * they become are hidden files like any other: nobody gets to see one before it was looked at. All that is known of them is
 * in the storage. `UnfinishedFiles` has their leases and sweeps what crashes leave.
 */
export interface DirectFiles {
  /** The admin's uploads go this way. Without it, those that did before are brought to an end. */
  readonly isInUse: boolean
  /** Longest file, in bytes. */
  readonly maxFileSize: number
  /** Each part has to come with its CRC32, which is signed too and which the back end compares with the bytes. */
  readonly requiresChecksums: boolean
  /** Where clients send parts, such as `https://bucket.example.com`. */
  origin(): Promise<string>
  /** Begins a file of a known size, in bytes. */
  create(path: string, size: number): Promise<void>
  /** The file as it stands; `null` when there is none. */
  find(path: string): Promise<DirectFile | null>
  /** Gives leave to send parts; those that the file does not have are left out. */
  sign(path: string, parts: readonly PartToSign[]): Promise<SignedPart[]>
  /** Makes it a hidden file. Called again, as after a crash, it completes what was started. */
  finish(path: string): Promise<void>
  /** Removes it, also when it is finished. An absent file is no error. */
  remove(path: string): Promise<void>
}
