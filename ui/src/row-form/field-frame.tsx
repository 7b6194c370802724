import type { ReactNode } from 'react'
import { Icon } from '../components/icon.tsx'
import styles from './field-frame.module.css'

export interface FieldFrameProps {
  /** Of the control inside. Hint and problem are named after it. */
  id: string
  label: string
  /** `legend` for a group of controls, `text` for what cannot be changed. Defaults to `label`. */
  labelAs?: 'label' | 'legend' | 'text'
  isRequired?: boolean | undefined
  isChanged?: boolean | undefined
  hint?: ReactNode
  problem?: string | null
  /** `half` for short values, which share a line. Defaults to `wide`. */
  width?: 'half' | 'wide'
  /** Offered beside the label: takes the value away. */
  onClear?: (() => void) | null
  children: ReactNode
}

/** A label, a control, and what there is to say about it. */
export function FieldFrame(props: FieldFrameProps) {
  const {
    id,
    label,
    labelAs = 'label',
    isRequired,
    isChanged,
    hint,
    problem,
    width = 'wide',
    onClear,
    children,
  } = props
  const Frame = labelAs === 'legend' ? 'fieldset' : 'div'
  const marks = <Marks label={label} isRequired={isRequired} isChanged={isChanged} />
  return (
    <Frame className={styles.field} data-width={width} data-invalid={problem ? true : undefined}>
      {labelAs === 'legend' && <legend className={styles.legend}>{marks}</legend>}
      <div className={styles.head}>
        {labelAs === 'label' && (
          <label className={styles.label} htmlFor={id}>
            {marks}
          </label>
        )}
        {labelAs === 'text' && (
          <span className={styles.label} id={labelId(id)}>
            {marks}
          </span>
        )}
        {onClear && (
          <button type="button" className={styles.clear} onClick={onClear}>
            Clear<span className="visually-hidden"> {label}</span>
          </button>
        )}
      </div>
      {children}
      {hint && (
        <p className={styles.hint} id={hintId(id)}>
          {hint}
        </p>
      )}
      {problem && (
        <p className={styles.problem} id={problemId(id)}>
          <Icon name="error" size={14} />
          {problem}
        </p>
      )}
    </Frame>
  )
}

function Marks({ label, isRequired, isChanged }: Pick<FieldFrameProps, 'label' | 'isRequired' | 'isChanged'>) {
  return (
    <>
      {label}
      {isRequired && <span className={styles.required}> required</span>}
      {isChanged && (
        <span className={styles.changed}>
          <span className="visually-hidden"> (changed)</span>
        </span>
      )}
    </>
  )
}

/** What describes the control: the problem first, because it is what brought a person here. */
export function describedBy(id: string, parts: { hint: boolean; problem: boolean }): string | undefined {
  const ids = [...(parts.problem ? [problemId(id)] : []), ...(parts.hint ? [hintId(id)] : [])]
  return ids.length > 0 ? ids.join(' ') : undefined
}

export function labelId(id: string): string {
  return `${id}-label`
}

function hintId(id: string): string {
  return `${id}-hint`
}

function problemId(id: string): string {
  return `${id}-problem`
}
