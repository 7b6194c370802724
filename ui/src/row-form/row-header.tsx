import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { deleteRow } from '../api.ts'
import { Button } from '../components/button.tsx'
import { ConfirmDialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { useToast } from '../components/toast.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { tablePath } from '../paths.ts'
import styles from './row-form.module.css'

export interface RowHeaderProps {
  schema: TableSchema
  id: string | null
  title: string
  isReadOnly: boolean
  onDeleted: () => void
}

/** Where this is, what the row is called, and what can be done with the whole of it. */
export function RowHeader({ schema, id, title, isReadOnly, onDeleted }: RowHeaderProps) {
  useDocumentTitle(title)
  const [isDeleting, setIsDeleting] = useState(false)
  const { showToast } = useToast()
  const queryClient = useQueryClient()
  const remove = async () => {
    if (id === null) return
    await deleteRow(schema.name, id)
    // The row itself is not asked for again: it would answer 404 before this page is left.
    queryClient.removeQueries({ queryKey: ['rows', schema.name, 'row', id], exact: true, type: 'inactive' })
    void queryClient.invalidateQueries({ queryKey: ['rows'], predicate: ({ queryKey }) => queryKey[2] !== 'row' })
    showToast({ message: `${title} was deleted.` })
    onDeleted()
  }
  return (
    <header className={styles.header}>
      <div className={styles.titles}>
        <Link href={tablePath(schema.name)} className={styles.back}>
          <Icon name="arrow-left" size={14} />
          {schema.label}
        </Link>
        <h1 className={styles.title}>{title}</h1>
      </div>
      {isReadOnly && (
        <span className={styles.readOnly}>
          <Icon name="lock" size={14} /> Read only
        </span>
      )}
      {id !== null && !isReadOnly && (
        <Button variant="quiet" icon="trash" onClick={() => setIsDeleting(true)}>
          <span className={styles.buttonText}>Delete</span>
        </Button>
      )}
      <ConfirmDialog
        isOpen={isDeleting}
        onClose={() => setIsDeleting(false)}
        title={`Delete ${title}?`}
        confirmLabel="Delete"
        onConfirm={remove}
      >
        <p>The row is deleted for good. Its files stay in the storage until they are cleaned up.</p>
      </ConfirmDialog>
    </header>
  )
}
