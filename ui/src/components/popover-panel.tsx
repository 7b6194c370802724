import type { ReactNode, RefObject } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import styles from './popover.module.css'

export interface PopoverPanelProps {
  triggerRef: RefObject<HTMLElement | null>
  label: string
  placement: 'bottom start' | 'bottom end' | 'top start' | 'top end'
  onClose: () => void
  children: ReactNode
}

/** The part of a popover that floats; a file of its own because it is loaded on need. */
export function PopoverPanel({ triggerRef, label, placement, onClose, children }: PopoverPanelProps) {
  return (
    <Popover
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      triggerRef={triggerRef}
      className={styles.popover ?? ''}
      placement={placement}
      offset={4}
    >
      <Dialog className={styles.content ?? ''} aria-label={label}>
        {children}
      </Dialog>
    </Popover>
  )
}
