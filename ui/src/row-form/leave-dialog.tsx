import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import type { LeaveGuard } from './use-leave-guard.ts'

export interface LeaveDialogProps {
  guard: LeaveGuard
  isWaiting: boolean
  onSave: () => void
  onDiscard: () => void
}

/** Asks what is to become of unsaved changes. */
export function LeaveDialog({ guard, isWaiting, onSave, onDiscard }: LeaveDialogProps) {
  return (
    <Dialog
      isOpen={guard.isAsking}
      onClose={guard.stay}
      title="Leave with unsaved changes?"
      role="alertdialog"
      size="m"
      footer={
        <>
          <Button variant="quiet" onClick={onDiscard}>
            Discard and leave
          </Button>
          <Button onClick={guard.stay}>Keep editing</Button>
          <Button variant="primary" isBusy={isWaiting} onClick={onSave}>
            Save and leave
          </Button>
        </>
      }
    >
      <p>What you changed here is not saved yet.</p>
    </Dialog>
  )
}
