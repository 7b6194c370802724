import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { TableGroup, TableSummary } from '../../../src/contract/tables.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { SearchField } from '../components/text-field.tsx'
import { t } from '../messages.ts'
import { CLEAN_UP_PATH, TRASH_PATH } from '../paths.ts'
import { tablesQuery } from '../queries.ts'
import { AccountMenu } from './account-menu.tsx'
import { NavigationGroup } from './navigation-group.tsx'
import { SiteName } from './site-name.tsx'
import navigationStyles from './navigation-group.module.css'
import styles from './sidebar.module.css'

export interface SidebarProps {
  onOpenPalette: () => void
  /** Left out in the drawer, which is closed instead. */
  onCollapse?: () => void
  onNavigate?: () => void
}

/** The site, the tables in their groups, and the account. */
export function Sidebar({ onOpenPalette, onCollapse, onNavigate }: SidebarProps) {
  const [search, setSearch] = useState('')
  return (
    <div className={styles.sidebar}>
      <header className={styles.header}>
        <div className={styles.site}>
          <SiteName />
        </div>
        <IconButton icon="command" label="Command palette (Ctrl K)" aria-haspopup="dialog" onClick={onOpenPalette} />
        {onCollapse && (
          <IconButton
            icon="panel"
            label="Hide the tables"
            aria-expanded="true"
            className={styles.collapse}
            onClick={onCollapse}
          />
        )}
      </header>
      <nav className={styles.navigation} aria-label="Tables">
        <SearchField className={styles.search} label="Find a table" value={search} onChange={setSearch} />
        <div className={styles.groups}>
          <Groups search={search} onNavigate={onNavigate} />
        </div>
      </nav>
      <footer className={styles.footer}>
        <CleanUpLink onNavigate={onNavigate} />
        <TrashLink onNavigate={onNavigate} />
        <AccountMenu />
      </footer>
    </div>
  )
}

function TrashLink({ onNavigate }: { onNavigate: (() => void) | undefined }) {
  const [location] = useLocation()
  return (
    <Link
      href={TRASH_PATH}
      className={navigationStyles.link}
      aria-current={location === TRASH_PATH ? 'page' : undefined}
      onClick={() => onNavigate?.()}
    >
      <Icon name="trash" className={navigationStyles.icon} />
      <span className={navigationStyles.label}>{t('cleanUp.trash.title')}</span>
    </Link>
  )
}

function CleanUpLink({ onNavigate }: { onNavigate: (() => void) | undefined }) {
  const [location] = useLocation()
  return (
    <Link
      href={CLEAN_UP_PATH}
      className={navigationStyles.link}
      aria-current={location === CLEAN_UP_PATH ? 'page' : undefined}
      onClick={() => onNavigate?.()}
    >
      <Icon name="archive" className={navigationStyles.icon} />
      <span className={navigationStyles.label}>Clean-up</span>
    </Link>
  )
}

function Groups({ search, onNavigate }: { search: string; onNavigate: (() => void) | undefined }) {
  const { data, error, refetch } = useQuery(tablesQuery())
  const emptyId = useId()
  if (error && !data) {
    return (
      <div className={styles.message} role="alert">
        <p>{error.message}</p>
        <Button size="s" icon="refresh" onClick={() => void refetch()}>
          Try again
        </Button>
      </div>
    )
  }
  if (!data) return <GroupsSkeleton />
  const groups = matchingGroups(data.groups, search)
  return (
    <>
      {groups.map((group) => (
        <NavigationGroup
          key={group.name ?? emptyId}
          group={group}
          isForcedOpen={search !== ''}
          onNavigate={onNavigate}
        />
      ))}
      {groups.length === 0 && (
        <p className={styles.message}>{search ? `No table is called “${search}”.` : 'There are no tables.'}</p>
      )}
    </>
  )
}

function GroupsSkeleton() {
  return (
    <div className={styles.skeleton} aria-busy="true">
      {['62%', '44%', '70%', '52%', '58%'].map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  )
}

function matchingGroups(groups: TableGroup[], search: string): TableGroup[] {
  const wanted = search.trim().toLowerCase()
  const matches = (table: TableSummary) =>
    table.label.toLowerCase().includes(wanted) || table.name.toLowerCase().includes(wanted)
  return groups
    .map((group) => ({ ...group, tables: group.tables.filter(matches) }))
    .filter((group) => group.tables.length > 0)
}
