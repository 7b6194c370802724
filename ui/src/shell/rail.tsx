import { IconButton } from '../components/icon-button.tsx'
import { AccountMenu } from './account-menu.tsx'
import styles from './rail.module.css'

export interface RailProps {
  onExpand: () => void
  onOpenPalette: () => void
}

/** What is left of the sidebar when it is put away. */
export function Rail({ onExpand, onOpenPalette }: RailProps) {
  return (
    <div className={styles.rail}>
      <IconButton icon="panel" label="Show the tables" aria-expanded="false" onClick={onExpand} />
      <IconButton icon="search" label="Search everything (Ctrl K)" aria-haspopup="dialog" onClick={onOpenPalette} />
      <div className={styles.account}>
        <AccountMenu isCompact />
      </div>
    </div>
  )
}
