import styles from './progress-ring.module.css'

const RADIUS = 18
const LENGTH = 2 * Math.PI * RADIUS

export interface ProgressRingProps {
  /** From 0 to 1. */
  fraction: number
  label: string
  /** The file has not begun to move. */
  isWaiting: boolean
}

export function ProgressRing({ fraction, label, isWaiting }: ProgressRingProps) {
  const percent = Math.round(fraction * 100)
  return (
    <span className={styles.ring}>
      <progress
        className="visually-hidden"
        value={percent}
        max={100}
        aria-label={label}
        aria-valuetext={isWaiting ? 'Waiting' : undefined}
      />
      <svg viewBox="0 0 44 44" aria-hidden="true">
        <circle cx="22" cy="22" r={RADIUS} className={styles.track} />
        <circle
          cx="22"
          cy="22"
          r={RADIUS}
          className={styles.bar}
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (1 - fraction)}
        />
      </svg>
      <span className={styles.percent} aria-hidden="true">
        {isWaiting ? '…' : `${percent}%`}
      </span>
    </span>
  )
}
