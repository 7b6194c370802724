import type { ReactNode } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import styles from './drawer.module.css'

export interface DrawerProps {
  onClose: () => void
  children: ReactNode
}

/** The navigation on phones: over the page, from the left. */
export function Drawer({ onClose, children }: DrawerProps) {
  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && onClose()} isDismissable className={styles.overlay ?? ''}>
      <Modal className={styles.drawer ?? ''}>
        <Dialog className={styles.content ?? ''} aria-label="Navigation">
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
