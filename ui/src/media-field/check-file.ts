import type { MediaRules } from '../../../src/contract/tables.ts'
import { formatBytes } from './format-bytes.ts'

/** Why the server would refuse the file, said before the first byte is sent; `null` when nothing speaks against it. */
export function checkFile(file: File, rules: MediaRules): string | null {
  const extension = getExtension(file.name)
  const allowed = rules.allowedExtensions
  if (extension === null) return `${file.name} cannot be stored: its name has no extension.`
  if (allowed && !allowed.includes(extension)) {
    return `${file.name} cannot be stored: the extension "${extension}" is not one of ${allowed.join(', ')}.`
  }
  if (rules.maxFileSize !== null && file.size > rules.maxFileSize) {
    return `${file.name} cannot be stored: it has ${formatBytes(file.size)}, and ${formatBytes(rules.maxFileSize)} is the limit.`
  }
  return null
}

/** Lower-case, without the dot; `null` when there is none. */
export function getExtension(name: string): string | null {
  const dot = name.lastIndexOf('.')
  return dot > 0 && dot < name.length - 1 ? name.slice(dot + 1).toLowerCase() : null
}

/** What a file picker should offer, for the `accept` attribute. */
export function getAccept(rules: MediaRules): string | undefined {
  return rules.allowedExtensions?.map((extension) => `.${extension}`).join(',')
}

/** One line under the field: `jpg, png, up to 10 MB`. */
export function describeRules({ allowedExtensions: allowed, maxFileSize }: MediaRules): string {
  const types = allowed && (allowed.length > 8 ? `${allowed.length} file types` : allowed.join(', '))
  if (maxFileSize === null) return types ?? ''
  const size = formatBytes(maxFileSize)
  return types ? `${types}, up to ${size}` : `Up to ${size}`
}

const IMAGES = new Set(['jpg', 'jpeg', 'png', 'gif', 'webp', 'avif', 'heic', 'tif', 'tiff', 'svg', 'bmp'])
const VIDEOS = new Set(['mp4', 'mov', 'webm', 'm4v', 'mkv'])
const CAMERA_IMAGES = new Set(['jpg', 'jpeg', 'png', 'heic'])

export function isImageName(name: string): boolean {
  return IMAGES.has(getExtension(name) ?? '')
}

export function isVideoName(name: string): boolean {
  return VIDEOS.has(getExtension(name) ?? '')
}

/** Whether a photo, as a phone's camera or the clipboard gives it, could be stored. */
export function takesPhotos(rules: MediaRules): boolean {
  return rules.allowedExtensions?.some((extension) => CAMERA_IMAGES.has(extension)) ?? true
}
