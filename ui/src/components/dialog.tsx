import { useState } from 'react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { focusOnMount } from './focus-on-mount.ts'
import { IconButton } from './icon-button.tsx'
import styles from './dialog.module.css'

export interface DialogProps {
  isOpen: boolean
  /** Called when the person leaves by Esc, by the close button or by a press outside. */
  onClose: () => void
  title: string
  children?: ReactNode
  /** The buttons, main one last. */
  footer?: ReactNode
  /** `s` 400 px, `m` 560 px, `l` 880 px; on phones a sheet at the bottom. Defaults to `s`. */
  size?: 's' | 'm' | 'l'
  /** `false` for what must be answered: neither Esc nor a press outside closes it. Defaults to true. */
  isDismissable?: boolean
  /** `alertdialog` when it interrupts with a warning. */
  role?: 'dialog' | 'alertdialog'
}

/** A modal dialog: holds the focus inside, gives it back on closing, and makes the page behind inert. */
export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, children, footer, size = 's', isDismissable = true, role = 'dialog' } = props
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
      className={styles.overlay ?? ''}
    >
      <Modal className={classNames(styles.dialog, styles[size])}>
        <AriaDialog role={role} className={styles.content ?? ''}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title ?? ''}>
              {title}
            </Heading>
            {isDismissable && <IconButton icon="close" label="Close" size="s" onClick={onClose} />}
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

export interface ConfirmDialogProps {
  isOpen: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** What the button does, as a verb: `Delete 3 rows`. */
  confirmLabel: string
  /** Defaults to `danger`. */
  variant?: 'danger' | 'primary'
  cancelLabel?: string
  /** The dialog stays open and busy until it settles; it closes on success. */
  onConfirm: () => Promise<void> | void
}

/** Asks before something that cannot be undone. A failure of `onConfirm` is shown in the dialog. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { onConfirm, onClose, children, confirmLabel, variant = 'danger', cancelLabel = 'Cancel', ...rest } = props
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  const close = () => {
    setFailure(null)
    onClose()
  }
  const confirm = async () => {
    setIsBusy(true)
    setFailure(null)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Dialog
      {...rest}
      role="alertdialog"
      onClose={close}
      isDismissable={!isBusy}
      footer={
        <>
          {/* The harmless answer has the focus. */}
          <Button onClick={close} disabled={isBusy} ref={focusOnMount}>
            {cancelLabel}
          </Button>
          <Button variant={variant} isBusy={isBusy} onClick={() => void confirm()}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
      {failure && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
    </Dialog>
  )
}
