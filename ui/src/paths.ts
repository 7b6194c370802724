/** The addresses of the admin's pages, without the path it is mounted at (the router adds that). */
export function tablePath(table: string): string {
  return `/tables/${encodeURIComponent(table)}`
}

export const CLEAN_UP_PATH = '/clean-up'

export const TRASH_PATH = '/trash'

export function newRowPath(table: string): string {
  return `${tablePath(table)}/new`
}

export function rowPath(table: string, id: string): string {
  return `${tablePath(table)}/rows/${encodeURIComponent(id)}`
}
