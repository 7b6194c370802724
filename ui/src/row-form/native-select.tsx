import type { ReactNode } from 'react'
import { classNames } from '../components/class-names.ts'
import { Icon } from '../components/icon.tsx'
import { nativeAttributes, type ControlProps } from './control-props.ts'
import styles from './controls.module.css'

export interface NativeSelectProps {
  control: ControlProps
  value: string
  onChange: (value: string) => void
  /** `option` elements. */
  children: ReactNode
}

/** A native select in the looks of the other controls: a phone's own wheel comes with it. */
export function NativeSelect({ control, value, onChange, children }: NativeSelectProps) {
  return (
    <span className={styles.choose}>
      <select
        {...nativeAttributes(control)}
        disabled={control.isReadOnly}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={classNames(styles.input, styles.select)}
      >
        {children}
      </select>
      <Icon name="chevron-down" size={14} className={styles.arrow} />
    </span>
  )
}
