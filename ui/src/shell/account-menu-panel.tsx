import type { RefObject } from 'react'
import { MenuItem, MenuPanel, MenuSection } from '../components/menu.tsx'
import { useSession } from '../sign-in/session-context.ts'
import { useSignOut } from '../sign-in/use-sign-out.ts'
import { THEMES, themeIcons, themeLabels, useTheme } from './theme.ts'

export interface AccountMenuPanelProps {
  triggerRef: RefObject<HTMLElement | null>
  onClose: () => void
}

/** The part of the account menu that floats; a file of its own because it is loaded on need. */
export function AccountMenuPanel({ triggerRef, onClose }: AccountMenuPanelProps) {
  const { user, readOnly } = useSession()
  const [theme, setTheme] = useTheme()
  const signOut = useSignOut()
  return (
    <MenuPanel triggerRef={triggerRef} onClose={onClose} label="Account" placement="top start">
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
    </MenuPanel>
  )
}
