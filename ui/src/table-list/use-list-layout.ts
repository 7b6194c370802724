import type { TableSchema } from '../../../src/contract/tables.ts'
import { useStoredState } from '../components/use-stored-state.ts'

/** `table`: a row a line. `gallery`: images first. `cards`: what phones show. */
export type Layout = 'table' | 'gallery' | 'cards'

export interface ListLayout {
  value: Exclude<Layout, 'cards'>
  setValue: (layout: Exclude<Layout, 'cards'>) => void
  /** Only tables with media have a gallery. */
  hasGallery: boolean
  isCompact: boolean
  setIsCompact: (isCompact: boolean) => void
}

/** How the rows are laid out: kept for the table, the density for all of them. */
export function useListLayout(schema: TableSchema): ListLayout {
  const [layout, setLayout] = useStoredState<ListLayout['value']>(`layout.${schema.name}`, 'table', isLayout)
  const [density, setDensity] = useStoredState<'compact' | 'comfortable'>('density', 'comfortable', isDensity)
  return {
    value: schema.hasMedia ? layout : 'table',
    setValue: setLayout,
    hasGallery: schema.hasMedia,
    isCompact: density === 'compact',
    setIsCompact: (isCompact) => setDensity(isCompact ? 'compact' : 'comfortable'),
  }
}

function isLayout(value: unknown): value is ListLayout['value'] {
  return value === 'table' || value === 'gallery'
}

function isDensity(value: unknown): value is 'compact' | 'comfortable' {
  return value === 'compact' || value === 'comfortable'
}
