import { firstLetter } from '../components/first-letter.ts'
import { IconButton } from '../components/icon-button.tsx'
import { Icon } from '../components/icon.tsx'
import type { IconName } from '../components/icon.tsx'
import { Menu, MenuItem, MenuSection } from '../components/menu.tsx'
import { useSession } from '../sign-in/session-context.ts'
import { useSignOut } from '../sign-in/use-sign-out.ts'
import { THEMES, useTheme } from './theme.ts'
import type { Theme } from './theme.ts'
import styles from './account-menu.module.css'

/** Who is signed in, the theme, and the way out. `isCompact` shows only an icon. */
export function AccountMenu({ isCompact = false }: { isCompact?: boolean }) {
  const { user, readOnly } = useSession()
  const [theme, setTheme] = useTheme()
  const signOut = useSignOut()
  return (
    <Menu
      label="Account"
      placement="top start"
      trigger={isCompact ? <IconButton icon="user" label={`Account: ${user.email}`} /> : <AccountButton />}
    >
      <MenuSection title={readOnly ? `${user.email} · read only` : user.email}>
        {THEMES.map((choice) => (
          <MenuItem
            key={choice}
            icon={themeIcons[choice]}
            label={themeLabels[choice]}
            isChosen={theme === choice}
            onAction={() => setTheme(choice)}
          />
        ))}
      </MenuSection>
      {signOut && <MenuItem icon="sign-out" label="Sign out" onAction={signOut} />}
    </Menu>
  )
}

function AccountButton(props: React.ComponentProps<'button'>) {
  const { user, readOnly } = useSession()
  return (
    <button type="button" {...props} className={styles.button}>
      <span className={styles.avatar} aria-hidden="true">
        {initials(user.name || user.email)}
      </span>
      <span className={styles.text}>
        <span className={styles.name}>{user.name || user.email}</span>
        {readOnly && <span className={styles.note}>Read only</span>}
      </span>
      <Icon name="sort" size={14} className={styles.arrow} />
    </button>
  )
}

export const themeIcons: Record<Theme, IconName> = { system: 'monitor', light: 'sun', dark: 'moon' }

export const themeLabels: Record<Theme, string> = { system: 'System theme', light: 'Light theme', dark: 'Dark theme' }

function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => firstLetter(word))
    .join('')
}
