/** A column on one page of the admin: the form that a file was given to. */
export interface UploadLocation {
  table: string
  column: string
}

/** An upload that was begun in this browser. */
export interface RememberedUpload extends UploadLocation {
  /** Its address at the server. */
  url: string
  /** The path of the page whose form it belongs to. */
  page: string
  fileName: string
  fileSize: number
  /** Milliseconds since 1970. */
  fileTime: number
}

const KEY = 'vitrine:uploads'

/** What uploads were begun in forms of this page and column, and neither finished nor cancelled. */
export function rememberedUploads({ table, column }: UploadLocation): RememberedUpload[] {
  const { pathname } = location
  return readAll().filter((upload) => upload.table === table && upload.column === column && upload.page === pathname)
}

/** The upload that this very file belongs to. A browser tells no more of a file than its name, size and time. */
export function rememberedFor(position: UploadLocation, file: File): RememberedUpload | null {
  return rememberedUploads(position).find((upload) => isSameFile(upload, file)) ?? null
}

export function isSameFile({ fileName, fileSize, fileTime }: RememberedUpload, file: File): boolean {
  return file.name === fileName && file.size === fileSize && file.lastModified === fileTime
}

export function remember(position: UploadLocation, file: File, url: string): void {
  const upload: RememberedUpload = {
    ...position,
    url,
    page: location.pathname,
    fileName: file.name,
    fileSize: file.size,
    fileTime: file.lastModified,
  }
  writeAll([...readAll().filter((other) => other.url !== url), upload])
}

export function forget(url: string): void {
  writeAll(readAll().filter((upload) => upload.url !== url))
}

/** The server's name for an upload. */
export function getId(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}

/** Whether the bytes of an upload go past the server. */
export function isDirect(url: string): boolean {
  return url.slice(0, url.lastIndexOf('/')).endsWith('/direct')
}

function readAll(): RememberedUpload[] {
  try {
    const uploads: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(uploads) ? uploads.filter(isRememberedUpload) : []
  } catch {
    // Storage is switched off, or somebody else wrote to it: then nothing is remembered.
    return []
  }
}

function writeAll(uploads: readonly RememberedUpload[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(uploads))
  } catch {
    // Full or switched off: the upload itself does not depend on it.
  }
}

function isRememberedUpload(value: unknown): value is RememberedUpload {
  return typeof value === 'object' && value !== null && 'url' in value && 'page' in value && 'fileSize' in value
}
