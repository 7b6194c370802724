import { createContext, use } from 'react'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import type { MediaFieldStore } from './media-field-store.ts'

/** What the parts of one media field share. */
export interface MediaFieldControls {
  store: MediaFieldStore
  table: string
  column: ColumnSchema
  isReadOnly: boolean
  /** Opens the viewer. */
  view: (fileKey: string) => void
  /** Asks for a file, and puts it in the place of the entry. */
  replace: (entryId: string) => void
  move: (entryId: string, direction: 'earlier' | 'later') => void
  remove: (entryId: string) => void
  /** Says something to screen readers. */
  announce: (sentence: string) => void
}

export const MediaFieldContext = createContext<MediaFieldControls | null>(null)

export function useMediaFieldControls(): MediaFieldControls {
  const controls = use(MediaFieldContext)
  if (controls === null) throw new Error('This part belongs inside a MediaField.')
  return controls
}
