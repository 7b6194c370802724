import { lazy, Suspense, useState } from 'react'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { Button } from '../components/button.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { toCsv, downloadText } from './csv.ts'
import { formatCount } from './format-value.ts'
import type { Selection } from './use-selection.ts'
import styles from './selection-bar.module.css'

const DeleteRowsDialog = lazy(() =>
  import('./delete-rows-dialog.tsx').then((module) => ({ default: module.DeleteRowsDialog })),
)

export interface SelectionBarProps {
  schema: TableSchema
  selection: Selection
  canDelete: boolean
}

/** What can be done with the chosen rows. Floats over the list while there are any. */
export function SelectionBar({ schema, selection, canDelete }: SelectionBarProps) {
  const [isDeleting, setIsDeleting] = useState(false)
  const { rows } = selection
  return (
    <section className={styles.bar} aria-label="Selected rows">
      <output className={styles.count}>{formatCount(rows.length)} selected</output>
      <Button
        variant="quiet"
        icon="download"
        onClick={() => downloadText(toCsv(rows, schema.columns), `${schema.name}-selection.csv`)}
      >
        Export CSV
      </Button>
      {canDelete && (
        <Button variant="quiet" icon="trash" className={styles.delete} onClick={() => setIsDeleting(true)}>
          Delete
        </Button>
      )}
      <IconButton icon="close" label="Clear the selection" onClick={selection.clear} />
      {isDeleting && (
        <Suspense>
          <DeleteRowsDialog
            schema={schema}
            rows={rows}
            onClose={() => setIsDeleting(false)}
            onDeleted={selection.forget}
          />
        </Suspense>
      )}
    </section>
  )
}
