import type { ReactElement, ReactNode } from 'react'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover as AriaPopover } from 'react-aria-components/Popover'
import { Pressable } from 'react-aria-components/Pressable'
import styles from './popover.module.css'

export interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement<React.HTMLAttributes<HTMLElement>, string>
  label: string
  children: (close: () => void) => ReactNode
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end'
}

/** A small dialog tied to a button, for controls that do not fit into a menu. Esc and a press outside close it. */
export function Popover({ trigger, label, children, placement = 'bottom start' }: PopoverProps) {
  return (
    <DialogTrigger>
      <Pressable>{trigger}</Pressable>
      <AriaPopover className={styles.popover ?? ''} placement={placement} offset={4}>
        <Dialog className={styles.content ?? ''} aria-label={label}>
          {({ close }) => children(close)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  )
}
