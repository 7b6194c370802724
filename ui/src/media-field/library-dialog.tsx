import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { getFiles } from '../api.ts'
import { rememberPreview } from '../queries.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Select } from '../components/select.tsx'
import { EmptyState, ErrorState } from '../components/state-message.tsx'
import { SearchField } from '../components/text-field.tsx'
import { LibraryGrid } from './library-grid.tsx'
import styles from './library-dialog.module.css'
import { useDebouncedValue } from '../components/use-debounced-value.ts'

export interface LibraryDialogProps {
  table: string
  column: ColumnSchema
  /** The file keys that the field holds already. */
  present: readonly string[]
  onChoose: (fileKeys: string[]) => void
  onClose: () => void
}

/** Every stored file of the column, to use one of them once more. */
export function LibraryDialog({ table, column, present, onChoose, onClose }: LibraryDialogProps) {
  const [search, setSearch] = useState('')
  const [use, setUse] = useState('')
  // In the order they were chosen, which is the order they are added in.
  const [chosen, setChosen] = useState<string[]>([])
  const library = useLibrary({ table, column: column.name }, useDebouncedValue(search.trim(), 200), use)
  const files = library.data?.pages.flatMap((page) => page.files) ?? []
  const choose = () => {
    onChoose(chosen)
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="l"
      title={`Choose ${column.isArray ? 'files' : 'a file'} for ${column.label}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={chosen.length === 0} onClick={choose}>
            {describeChoice(column.isArray, chosen.length)}
          </Button>
        </>
      }
    >
      <div className={styles.library}>
        <div className={styles.bar}>
          <SearchField label="Search by name" value={search} onChange={setSearch} className={styles.search} />
          <Select label="Show" isLabelHidden options={USES} value={use} onChange={setUse} />
        </div>
        <div className={styles.files} aria-busy={library.isPending}>
          {library.isError ? (
            <ErrorState
              error={library.error}
              title="The files could not be listed"
              onRetry={() => void library.refetch()}
            />
          ) : files.length === 0 && !library.isPending ? (
            <Nothing isFiltered={search !== '' || use !== ''} />
          ) : (
            <LibraryGrid
              table={table}
              column={column}
              files={files}
              present={present}
              chosen={chosen}
              isLoading={library.isPending || library.isFetchingNextPage}
              onChange={setChosen}
              onMore={() => {
                if (library.hasNextPage && !library.isFetchingNextPage) void library.fetchNextPage()
              }}
            />
          )}
        </div>
      </div>
    </Dialog>
  )
}

function describeChoice(isArray: boolean, count: number): string {
  if (!isArray) return 'Use file'
  if (count === 0) return 'Add files'
  return `Add ${count} ${count === 1 ? 'file' : 'files'}`
}

const USES = [
  { value: '', label: 'All files' },
  { value: 'unused', label: 'Not used by a row' },
  { value: 'used', label: 'Used by a row' },
]

function useLibrary(column: { table: string; column: string }, search: string, use: string) {
  return useInfiniteQuery({
    queryKey: ['files', column.table, column.column, { search, use }],
    queryFn: async ({ pageParam, signal, client }) => {
      const page = await getFiles(
        column,
        {
          limit: 60,
          ...(pageParam !== null && { after: pageParam }),
          ...(search && { search }),
          ...((use === 'used' || use === 'unused') && { use }),
        },
        signal,
      )
      for (const { fileKey, preview } of page.files) rememberPreview(client, { ...column, fileKey }, preview)
      return page
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page): string | null => page.next,
  })
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState icon="search" title="No file matches">
      <p>Try another name, or show all files.</p>
    </EmptyState>
  ) : (
    <EmptyState icon="images" title="No files yet">
      <p>Files that are uploaded to this column are listed here.</p>
    </EmptyState>
  )
}
