import { useState } from 'react'
import type { TrashRequest } from '../../../src/contract/trash.ts'
import { Button } from '../components/button.tsx'
import { ConfirmDialog } from '../components/dialog.tsx'
import { t } from '../messages.ts'
import { useTrashChange } from './use-trash-change.ts'

export interface TrashActionsProps {
  /** The request for one of the two actions. */
  toRequest: (action: 'restore' | 'delete') => TrashRequest
  count: number
  onDone?: () => void
}

/** Restore, and delete permanently after a confirmation. */
export function TrashActions({ toRequest, count, onDone }: TrashActionsProps) {
  const [isConfirming, setIsConfirming] = useState(false)
  const { mutate, mutateAsync, isPending } = useTrashChange()
  return (
    <>
      <Button
        size="s"
        icon="undo"
        isBusy={isPending && !isConfirming}
        onClick={() => mutate(toRequest('restore'), { onSuccess: onDone ?? (() => {}) })}
      >
        {t('cleanUp.trash.restore')}
      </Button>
      <Button size="s" variant="quiet" icon="trash" onClick={() => setIsConfirming(true)}>
        {t('cleanUp.trash.deletePermanently')}
      </Button>
      <ConfirmDialog
        isOpen={isConfirming}
        onClose={() => setIsConfirming(false)}
        title={t('cleanUp.trash.confirmDelete', { count })}
        confirmLabel={t('cleanUp.trash.deletePermanently')}
        onConfirm={async () => {
          await mutateAsync(toRequest('delete'))
          onDone?.()
        }}
      >
        {t('cleanUp.trash.cannotBeUndone')}
      </ConfirmDialog>
    </>
  )
}
