import { lazy, Suspense } from 'react'
import { firstLetter } from '../components/first-letter.ts'
import { IconButton } from '../components/icon-button.tsx'
import { Icon } from '../components/icon.tsx'
import { usePanelTrigger } from '../components/use-panel-trigger.ts'
import type { PanelTriggerProps } from '../components/use-panel-trigger.ts'
import { useSession } from '../sign-in/session-context.ts'
import styles from './account-menu.module.css'

const loadPanel = () => import('./account-menu-panel.tsx')
const AccountMenuPanel = lazy(() => loadPanel().then((module) => ({ default: module.AccountMenuPanel })))

/** Who is signed in, the theme, and the way out. `isCompact` shows only an icon. */
export function AccountMenu({ isCompact = false }: { isCompact?: boolean }) {
  const { user } = useSession()
  const panel = usePanelTrigger('menu', loadPanel)
  return (
    <>
      {isCompact ? (
        <IconButton icon="user" label={`Account: ${user.email}`} {...panel.props} />
      ) : (
        <AccountButton triggerProps={panel.props} />
      )}
      {panel.isOpen && (
        <Suspense>
          <AccountMenuPanel triggerRef={panel.props.ref} onClose={() => panel.setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

function AccountButton({ triggerProps }: { triggerProps: PanelTriggerProps }) {
  const { user, readOnly } = useSession()
  const name = user.name || user.email
  return (
    <button type="button" {...triggerProps} className={styles.button}>
      <span className={styles.avatar} aria-hidden="true">
        {initials(name)}
      </span>
      <span className={styles.text}>
        <span className={styles.name}>{name}</span>
        {readOnly && <span className={styles.note}>Read only</span>}
      </span>
      <Icon name="sort" size={14} className={styles.arrow} />
    </button>
  )
}

function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean)
  return words.slice(0, 2).map(firstLetter).join('')
}
