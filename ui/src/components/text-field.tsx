import { useId } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import styles from './text-field.module.css'

export interface TextFieldProps extends ComponentProps<'input'> {
  label: string
  /** Keeps the label for screen readers only, where the place says what the field is. */
  isLabelHidden?: boolean
  hint?: ReactNode
  /** What is wrong with the value and what to do. Marks the field as invalid. */
  errorMessage?: string | null | undefined
}

/** A labelled native input, with its hint and error tied to it. */
export function TextField({ label, isLabelHidden, hint, errorMessage, className, ...rest }: TextFieldProps) {
  const ownId = useId()
  const id = rest.id ?? ownId
  return (
    <div className={classNames(styles.field, className)}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        className={styles.input}
        aria-invalid={errorMessage ? true : undefined}
        aria-describedby={classNames(Boolean(hint) && `${id}-hint`, errorMessage && `${id}-error`) || undefined}
      />
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {errorMessage && (
        <p id={`${id}-error`} className={styles.error}>
          {errorMessage}
        </p>
      )}
    </div>
  )
}

export interface SearchFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> {
  label: string
  value: string
  onChange: (value: string) => void
}

/** A search box: magnifier, no visible label, a button to empty it, and Esc does the same. */
export function SearchField({ label, value, onChange, className, onKeyDown, ...rest }: SearchFieldProps) {
  return (
    <div className={classNames(styles.search, className)}>
      <Icon name="search" className={styles.magnifier} />
      <input
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        {...rest}
        type="search"
        aria-label={label}
        className={styles.input}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event)
          if (event.key === 'Escape' && value) {
            event.stopPropagation()
            onChange('')
          }
        }}
      />
      {value && (
        <button type="button" className={styles.clear} aria-label="Clear search" onClick={() => onChange('')}>
          <Icon name="close" size={14} />
        </button>
      )}
    </div>
  )
}
