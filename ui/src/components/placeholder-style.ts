import type { CSSProperties } from 'react'
import type { FilePreview } from '../../../src/contract/media.ts'

/** Shows a file's placeholder behind an image that is on its way, in the same place. */
export function placeholderStyle(
  preview: FilePreview | null | undefined,
  fit: 'cover' | 'contain',
): CSSProperties | undefined {
  if (preview == null) return undefined
  return {
    backgroundImage: `url("${preview.placeholder}")`,
    backgroundPosition: 'center',
    backgroundRepeat: 'no-repeat',
    backgroundSize: fit,
  }
}
