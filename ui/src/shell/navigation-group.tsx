import { Link, useLocation } from 'wouter'
import type { TableGroup, TableSummary } from '../../../src/contract/tables.ts'
import { Icon } from '../components/icon.tsx'
import { useStoredState } from '../components/use-stored-state.ts'
import { tablePath } from '../paths.ts'
import styles from './navigation-group.module.css'

export interface NavigationGroupProps {
  group: TableGroup
  /** While a search narrows the tables, nothing that matches may hide in a closed group. */
  isForcedOpen: boolean
  onNavigate: (() => void) | undefined
}

/** Tables under a heading that folds them away; those in no group stand without one. */
export function NavigationGroup({ group, isForcedOpen, onNavigate }: NavigationGroupProps) {
  const [closed, setClosed] = useStoredState<string[]>('closed-groups', noGroups, isStringList)
  const { name } = group
  const tables = (
    <ul className={styles.tables}>
      {group.tables.map((table) => (
        <li key={table.name}>
          <TableLink table={table} onNavigate={onNavigate} />
        </li>
      ))}
    </ul>
  )
  if (name === null) return tables

  const isOpen = isForcedOpen || !closed.includes(name)
  const toggle = () => setClosed(isOpen ? [...closed, name] : closed.filter((other) => other !== name))
  return (
    <section className={styles.group}>
      <button type="button" className={styles.heading} aria-expanded={isOpen} onClick={toggle}>
        <Icon name="chevron-right" size={12} className={styles.arrow} />
        {name}
      </button>
      {isOpen && tables}
    </section>
  )
}

function TableLink({ table, onNavigate }: { table: TableSummary; onNavigate: (() => void) | undefined }) {
  const [location] = useLocation()
  const path = tablePath(table.name)
  const isCurrent = location === path || location.startsWith(`${path}/`)
  return (
    <Link
      href={path}
      className={styles.link}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => onNavigate?.()}
    >
      <Icon name={table.hasMedia ? 'images' : 'table'} className={styles.icon} />
      <span className={styles.label}>{table.label}</span>
    </Link>
  )
}

const noGroups: string[] = []

function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}
