import { classNames } from './class-names.ts'
import styles from './shortened-name.module.css'

export interface ShortenedNameProps {
  name: string
  className?: string | undefined
}

/**
 * The name of a file in one line. Where there is no room the middle goes: pictures of one series begin alike, and are told
 * apart by their number and ending.
 */
export function ShortenedName({ name, className }: ShortenedNameProps) {
  const end = name.slice(-END_LENGTH)
  return (
    <span className={classNames(styles.name, className)} title={name}>
      <span className="visually-hidden">{name}</span>
      <span className={styles.start} dir="auto" aria-hidden="true">
        {name.slice(0, -END_LENGTH)}
      </span>
      <span className={styles.end} aria-hidden="true">
        {end}
      </span>
    </span>
  )
}

/** Room for a number and an ending: `-12.jpeg`. */
const END_LENGTH = 8
