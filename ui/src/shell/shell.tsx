import { lazy, Suspense, useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { PHONE_QUERY, useMediaQuery } from '../components/use-media-query.ts'
import { useStoredState } from '../components/use-stored-state.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { PaletteWaiting } from './palette-waiting.tsx'
import { Rail } from './rail.tsx'
import { Sidebar } from './sidebar.tsx'
import { TopBar } from './top-bar.tsx'
import { usePageFocus } from './use-page-focus.ts'
import { useShortcut } from './use-shortcut.ts'
import styles from './shell.module.css'

const Drawer = lazy(() => import('./drawer.tsx').then((module) => ({ default: module.Drawer })))
const CommandPalette = lazy(() =>
  import('./command-palette.tsx').then((module) => ({ default: module.CommandPalette })),
)

/** What stands around every screen: the tables at the left (a drawer on phones) and the command palette over it all. */
export function Shell({ children }: { children: ReactNode }) {
  const [location] = useLocation()
  const isPhone = useMediaQuery(PHONE_QUERY)
  const [isCollapsed, setIsCollapsed] = useStoredState('sidebar-collapsed', false, isBoolean)
  const [openDrawerAt, setOpenDrawerAt] = useState<string | null>(null)
  // What was typed for it before it was there; `null` while it is closed.
  const [paletteText, setPaletteText] = useState<string | null>(null)
  // Enter was pressed before it was there.
  const [hasPaletteResult, setHasPaletteResult] = useState(false)
  const isPaletteOpen = paletteText !== null
  const { content, remember } = usePageFocus(location, isPaletteOpen)
  const closePalette = () => setPaletteText(null)
  const openPalette = useCallback(() => {
    if (isPaletteOpen) return
    remember()
    setOpenDrawerAt(null)
    setHasPaletteResult(false)
    setPaletteText('')
  }, [isPaletteOpen, remember])
  useShortcut('k', openPalette)

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      {isPhone && <TopBar onOpenNavigation={() => setOpenDrawerAt(location)} onOpenPalette={openPalette} />}
      {!isPhone && isCollapsed && <Rail onExpand={() => setIsCollapsed(false)} onOpenPalette={openPalette} />}
      {!isPhone && !isCollapsed && (
        <div className={styles.sidebar}>
          <Sidebar onCollapse={() => setIsCollapsed(true)} onOpenPalette={openPalette} />
        </div>
      )}
      {/* Going somewhere closes the drawer: it is open only for the address it was opened at. */}
      {isPhone && openDrawerAt === location && (
        <Suspense>
          <Drawer onClose={() => setOpenDrawerAt(null)}>
            <Sidebar onOpenPalette={openPalette} onNavigate={() => setOpenDrawerAt(null)} />
          </Drawer>
        </Suspense>
      )}
      <main ref={content} id="main" tabIndex={-1} className={styles.main}>
        <ErrorBoundary key={location}>{children}</ErrorBoundary>
      </main>
      {paletteText !== null && (
        <Suspense
          fallback={
            <PaletteWaiting
              text={paletteText}
              onType={setPaletteText}
              onEnter={() => setHasPaletteResult(true)}
              onClose={closePalette}
            />
          }
        >
          <CommandPalette initialText={paletteText} isResponded={hasPaletteResult} onClose={closePalette} />
        </Suspense>
      )}
    </div>
  )
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean'
}
