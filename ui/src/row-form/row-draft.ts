import { pageConfig } from '../page-config.ts'
import type { ColumnInput } from './column-input.ts'

/** What was typed and not saved, by column name. */
export type Edits = Readonly<Record<string, ColumnInput>>

/**
 * Unsaved changes of one row, kept for as long as the tab lives: a reload, a crash of the page or a lost session takes
 * nothing away.
 *
 * @param id `null` for the row that is not created yet.
 */
export class RowDraft {
  readonly #key: string

  constructor(table: string, id: string | null) {
    this.#key = `vitrine:draft:${pageConfig.basePath}:${table}:${id === null ? 'new' : `row:${id}`}`
  }

  read(): Edits {
    const text = sessionStorage.getItem(this.#key)
    return text === null ? {} : parseEdits(text)
  }

  write(edits: Edits): void {
    if (Object.keys(edits).length === 0) {
      sessionStorage.removeItem(this.#key)
      return
    }
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(edits))
    } catch {
      // The browser's five megabytes are full: the page still holds the changes, and still asks before it is left.
    }
  }
}

function parseEdits(text: string): Edits {
  try {
    const edits: Edits = JSON.parse(text)
    return edits
  } catch {
    return {}
  }
}
