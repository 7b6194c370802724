import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import styles from './button.module.css'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'

export interface ButtonProps extends ComponentProps<'button'> {
  /** Defaults to `secondary`. A screen has one `primary` button at most. */
  variant?: ButtonVariant
  /** Defaults to `m`. */
  size?: 's' | 'm'
  icon?: IconName
  /** Shows a spinner in the icon's place and takes no further clicks, yet keeps the focus. */
  isBusy?: boolean
}

/** A native button. `type` is `button` unless told otherwise. */
export function Button({
  variant = 'secondary',
  size = 'm',
  icon,
  isBusy = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(buttonClassName(variant, size), className)}
      aria-disabled={isBusy || rest['aria-disabled']}
      onClick={(event) => (isBusy ? event.preventDefault() : onClick?.(event))}
    >
      {isBusy ? <Icon name="spinner" className={styles.spinner} /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** For a link that has to look like a button. */
export function buttonClassName(variant: ButtonVariant = 'secondary', size: 's' | 'm' = 'm'): string {
  return classNames(styles.button, styles[variant], size === 's' && styles.small)
}
