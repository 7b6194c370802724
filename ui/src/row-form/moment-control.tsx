import { nativeAttributes, type ControlProps } from './control-props.ts'
import { classNames } from '../components/class-names.ts'
import styles from './controls.module.css'

/** Dates and times. A value that the browser's own control cannot show (`infinity`, years BC) is edited as text. */
export function MomentControl(props: ControlProps) {
  const { column, input, isReadOnly, onChange } = props
  const text = typeof input === 'string' ? input : ''
  const kind = KINDS[column.type === 'date' || column.type === 'time' ? column.type : 'timestamp']
  return (
    <input
      {...nativeAttributes(props)}
      type={text === '' || kind.pattern.test(text) ? kind.type : 'text'}
      // Without it, the control has no seconds and calls values that have them invalid.
      step={kind.hasSeconds.test(text) ? 'any' : undefined}
      value={text}
      readOnly={isReadOnly}
      onChange={(event) => onChange(event.target.value === '' && column.isNullable ? null : event.target.value)}
      className={classNames(styles.input, styles.digits)}
    />
  )
}

const SECONDS = /:\d{2}:\d{2}/
const KINDS = {
  date: { type: 'date', pattern: /^\d{4}-\d{2}-\d{2}$/, hasSeconds: SECONDS },
  time: { type: 'time', pattern: /^\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/, hasSeconds: SECONDS },
  timestamp: {
    type: 'datetime-local',
    pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/,
    hasSeconds: SECONDS,
  },
}
