import { classNames } from './class-names.ts'
import styles from './shortened-name.module.css'

export interface ShortenedNameProps {
  name: string
  className?: string | undefined
}

/**
 * The name of a file in one line. Where there is no room the middle goes: images of one series begin alike, and are told
 * apart by their number and ending.
 */
export function ShortenedName({ name, className }: ShortenedNameProps) {
  const [start, end] = splitName(name)
  return (
    // Names in Hebrew or Arabic begin at the right, and so does their line.
    <span className={classNames(styles.name, className)} dir="auto" title={name}>
      <span className="visually-hidden">{name}</span>
      <span className={styles.start} aria-hidden="true">
        {start}
      </span>
      <span className={styles.end} aria-hidden="true">
        {end}
      </span>
    </span>
  )
}

/** Room for a number and an ending: `-12.jpeg`. */
const END_LENGTH = 8

const FROM_RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

function splitName(name: string): [start: string, end: string] {
  const end = FROM_RIGHT_TO_LEFT.test(name) ? lastRun(name) : Array.from(name).slice(-END_LENGTH).join('')
  return [name.slice(0, name.length - end.length), end]
}

/**
 * What comes after the last letter from right to left. It stays in one piece: of a Latin word cut in two the halves would
 * change places.
 */
function lastRun(name: string): string {
  const characters = Array.from(name)
  const run = characters.slice(characters.findLastIndex((character) => FROM_RIGHT_TO_LEFT.test(character)) + 1)
  return run.length <= 2 * END_LENGTH ? run.join('') : ''
}
