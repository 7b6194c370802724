import { useId } from 'react'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import styles from './select.module.css'

export interface SelectOption {
  value: string
  label: string
}

export interface SelectProps extends Omit<ComponentProps<'select'>, 'onChange' | 'children'> {
  label: string
  isLabelHidden?: boolean
  options: readonly SelectOption[]
  value: string
  onChange: (value: string) => void
}

/** A native select: the phone's own wheel and the keyboard's own behaviour come with it. */
export function Select({ label, isLabelHidden, options, onChange, className, ...rest }: SelectProps) {
  const ownId = useId()
  const id = rest.id ?? ownId
  return (
    <div className={classNames(styles.field, className)}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <span className={styles.box}>
        <select {...rest} id={id} className={styles.select} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" size={14} className={styles.arrow} />
      </span>
    </div>
  )
}
