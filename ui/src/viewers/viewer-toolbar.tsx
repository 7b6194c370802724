import type { ReactNode } from 'react'
import { classNames } from '../components/class-names.ts'
import styles from './viewer-toolbar.module.css'

export interface ViewerToolbarProps {
  /** What the tools are for, for screen readers. */
  label: string
  /** `floating` over the lower edge of an image, `bar` above a document. */
  placement: 'floating' | 'bar'
  children: ReactNode
}

export function ViewerToolbar({ label, placement, children }: ViewerToolbarProps) {
  return (
    <fieldset aria-label={label} className={classNames(styles.toolbar, styles[placement])} data-own-gestures>
      {children}
    </fieldset>
  )
}
