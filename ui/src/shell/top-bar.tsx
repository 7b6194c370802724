import { IconButton } from '../components/icon-button.tsx'
import { SiteName } from './site-name.tsx'
import styles from './top-bar.module.css'

export interface TopBarProps {
  onOpenNavigation: () => void
  onOpenPalette: () => void
}

/** On phones, what the sidebar is elsewhere. */
export function TopBar({ onOpenNavigation, onOpenPalette }: TopBarProps) {
  return (
    <header className={styles.bar}>
      <IconButton icon="menu" label="Open navigation" aria-haspopup="dialog" onClick={onOpenNavigation} />
      <div className={styles.site}>
        <SiteName />
      </div>
      <IconButton icon="search" label="Search everything" aria-haspopup="dialog" onClick={onOpenPalette} />
    </header>
  )
}
