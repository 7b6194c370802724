import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import styles from './icon-button.module.css'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  icon: IconName
  /** What the button does, for screen readers and as the tooltip. */
  label: string
  /** Defaults to `m`: 32 px, on touch 44 px. */
  size?: 's' | 'm'
  /** Defaults to `quiet`. `overlay` stands on an image. */
  variant?: 'quiet' | 'outlined' | 'danger' | 'overlay'
}

/** A button that is only an icon; its label is its name and its tooltip. */
export function IconButton({ icon, label, size = 'm', variant = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={classNames(styles.button, styles[variant], size === 's' && styles.small, className)}
    >
      <Icon name={icon} />
    </button>
  )
}
