import type { VerifyFile } from './verify-file.ts'

/** Largest image in pixels, in all: 100 megapixels take 400 MB once they are decoded. */
export const DEFAULT_MAX_PIXELS = 100_000_000

/** Longest time, in milliseconds, that {@link ContentOptions.verifyFile} may keep an upload waiting. */
export const DEFAULT_VERIFY_TIMEOUT = 60_000

/** What may be in the files of a column, and what is done to them before they are stored. */
export interface ContentOptions {
  /**
   * Whether a file whose content is of another type than its extension says is refused. With `'off'` only the name is
   * looked at. Defaults to `'refuse'`.
   */
  contentCheck?: 'refuse' | 'off'
  /**
   * What is done with an SVG: `'sanitise'` stores it without scripts, event handlers, links and references to other
   * places; `'refuse'` refuses one that has any of these; `'keep'` stores it as it is. Defaults to `'sanitise'`.
   */
  svg?: 'sanitise' | 'refuse' | 'keep'
  /**
   * What is done with the metadata of photos and videos: `'strip-location'` overwrites where they were taken; `'strip'`
   * removes all but orientation and colour profile, and the names in a PDF and the tags of an MP3; `'keep'` leaves it.
   * Pixels and sound are never encoded anew. Defaults to `'strip-location'`.
   */
  metadata?: 'strip-location' | 'strip' | 'keep'
  /** How large an image may be, read from its header. Defaults to 100 megapixels; `null` for no limit. */
  imageLimits?: ImageLimits | null
  /** Looks at each file before it can be seen, as a virus scanner does. Defaults to none. */
  verifyFile?: VerifyFile
  /**
   * Longest time, in milliseconds, that `verifyFile` may take for a chunk, and for its verdict after the last one. Then
   * the file is refused. Defaults to 60000.
   */
  verifyTimeout?: number
}

/** Limits of an image, in pixels. */
export interface ImageLimits {
  /** Defaults to no limit. */
  maxWidth?: number
  /** Defaults to no limit. */
  maxHeight?: number
  /** Width times height. Defaults to 100 000 000. */
  maxPixels?: number
}

/** {@link ContentOptions} with every default filled in. */
export interface ContentRules {
  readonly contentCheck: 'refuse' | 'off'
  readonly svg: 'sanitise' | 'refuse' | 'keep'
  readonly metadata: 'strip-location' | 'strip' | 'keep'
  readonly imageLimits: Readonly<Required<ImageLimits>>
  readonly verifyFile: VerifyFile | null
  readonly verifyTimeout: number
}

/** A file on its way into a storage: its key, and what it may hold. */
export interface CheckedFile {
  readonly fileKey: string
  readonly rules: ContentRules
}

const NO_LIMITS: Required<ImageLimits> = { maxWidth: Infinity, maxHeight: Infinity, maxPixels: Infinity }

/** @throws {TypeError} naming the option that makes no sense */
export function getContentRules(options: ContentOptions): ContentRules {
  const rules: ContentRules = {
    contentCheck: options.contentCheck ?? 'refuse',
    svg: options.svg ?? 'sanitise',
    metadata: options.metadata ?? 'strip-location',
    imageLimits:
      options.imageLimits === null
        ? NO_LIMITS
        : { ...NO_LIMITS, maxPixels: DEFAULT_MAX_PIXELS, ...options.imageLimits },
    verifyFile: options.verifyFile ?? null,
    verifyTimeout: options.verifyTimeout ?? DEFAULT_VERIFY_TIMEOUT,
  }
  requireOneOf('contentCheck', rules.contentCheck, ['refuse', 'off'])
  requireOneOf('svg', rules.svg, ['sanitise', 'refuse', 'keep'])
  requireOneOf('metadata', rules.metadata, ['strip-location', 'strip', 'keep'])
  for (const [name, limit] of Object.entries(rules.imageLimits)) requirePositive(`imageLimits.${name}`, limit)
  requirePositive('verifyTimeout', rules.verifyTimeout)
  return rules
}

/** Attack on oneself: `svg: 'sanitize'` from JavaScript would pass for none of the three and sanitise nothing. */
function requireOneOf(option: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw new TypeError(`${option} is "${value}", and must be ${allowed.join(' or ')}.`)
}

function requirePositive(option: string, value: number): void {
  if (!(value > 0)) throw new TypeError(`${option} is ${value}, and must be a positive number.`)
}
