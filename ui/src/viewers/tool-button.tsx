import type { ComponentProps, ReactNode } from 'react'
import styles from './viewer-toolbar.module.css'

export interface ToolButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does, for screen readers and as the tooltip. */
  label: string
  /** An icon, or a short text. */
  children: ReactNode
}

export function ToolButton({ label, children, ...rest }: ToolButtonProps) {
  return (
    <button type="button" title={label} {...rest} aria-label={label} className={styles.tool}>
      {children}
    </button>
  )
}
