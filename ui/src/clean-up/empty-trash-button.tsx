import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { ConfirmDialog } from '../components/dialog.tsx'
import { t } from '../messages.ts'
import type { MediaColumnName } from './use-media-columns.ts'
import { useTrashChange } from './use-trash-change.ts'

/** Deletes what has been in the trash for 30 days. */
export function EmptyTrashButton({ column }: { column: MediaColumnName | null }) {
  const [isOpen, setIsOpen] = useState(false)
  const { mutateAsync } = useTrashChange()
  return (
    <>
      <Button icon="trash" onClick={() => setIsOpen(true)}>
        {t('cleanUp.trash.deleteExpired')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        title={t('cleanUp.trash.confirmExpired')}
        confirmLabel={t('cleanUp.trash.deletePermanently')}
        onConfirm={async () => {
          const scope = column === null ? {} : { table: column.table, column: column.column }
          await mutateAsync({ action: 'deleteExpired', ...scope })
        }}
      >
        {t('cleanUp.trash.cannotBeUndone')}
      </ConfirmDialog>
    </>
  )
}
