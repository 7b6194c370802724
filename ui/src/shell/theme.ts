import { useCallback } from 'react'
import type { IconName } from '../components/icon.tsx'
import { parseStored, readStored, useStoredState } from '../components/use-stored-state.ts'

export type Theme = 'system' | 'light' | 'dark'

export const THEMES: readonly Theme[] = ['system', 'light', 'dark']

export const themeIcons: Record<Theme, IconName> = { system: 'monitor', light: 'sun', dark: 'moon' }

export const themeLabels: Record<Theme, string> = { system: 'System theme', light: 'Light theme', dark: 'Dark theme' }

const KEY = 'theme'

/** The chosen theme, and the way to choose another. `system` follows the operating system. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, storeTheme] = useStoredState<Theme>(KEY, 'system', isTheme)
  const setTheme = useCallback(
    (next: Theme) => {
      storeTheme(next)
      applyTheme(next)
    },
    [storeTheme],
  )
  return [theme, setTheme]
}

/** Called once before the first paint, so that the page never flashes in the other theme. */
export function applyStoredTheme(): void {
  applyTheme(parseStored<Theme>(readStored(KEY), 'system', isTheme))
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value)
}
