import { Link } from 'wouter'
import type { Row } from '../../../src/contract/rows.ts'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { Icon } from '../components/icon.tsx'
import { rowPath } from '../paths.ts'
import { firstFile, rowId } from './row-label.ts'
import styles from './foreign-key-control.module.css'

export interface TargetRowLinkProps {
  schema: TableSchema | undefined
  row: Row | undefined
  label: string
  isMissing: boolean
}

/** The way to the row that a foreign key points at, with its image. */
export function TargetRowLink({ schema, row, label, isMissing }: TargetRowLinkProps) {
  if (isMissing) return <p className={styles.missing}>This row does not exist any more, or cannot be read.</p>
  if (!schema || !row) return <span className={styles.link} aria-hidden="true" />
  const file = firstFile(schema, row)
  return (
    <Link href={rowPath(schema.name, rowId(schema, row))} className={styles.link}>
      {file && <FileThumbnail {...file} />}
      <span className={styles.linkText}>
        <span className="visually-hidden">Open </span>
        {label}
      </span>
      <Icon name="arrow-right" size={14} />
    </Link>
  )
}
