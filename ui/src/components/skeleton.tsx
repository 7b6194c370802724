import { classNames } from './class-names.ts'
import styles from './skeleton.module.css'

export interface SkeletonProps {
  /** A CSS width. Defaults to all there is. */
  width?: string | undefined
  /** A CSS height. Defaults to a line of text. */
  height?: string | undefined
  className?: string | undefined
}

/** Holds the place of something that is loading. The region around it says `aria-busy`. */
export function Skeleton({ width, height, className }: SkeletonProps) {
  return <span className={classNames(styles.skeleton, className)} style={{ width, height }} aria-hidden="true" />
}
