import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Redirect, Route, Router, Switch } from 'wouter'
import { ApiError } from './api.ts'
import { ToastProvider } from './components/toast.tsx'
import { pageConfig } from './page-config.ts'
import { CLEAN_UP_PATH, TRASH_PATH } from './paths.ts'
import { ErrorBoundary } from './shell/error-boundary.tsx'
import { HomePage } from './shell/home-page.tsx'
import { NotFoundPage } from './shell/not-found-page.tsx'
import { PageSkeleton } from './shell/page-skeleton.tsx'
import { Shell } from './shell/shell.tsx'
import { SessionGate } from './sign-in/session-gate.tsx'
import { TablePage } from './table-list/table-page.tsx'
import { ViewerProvider } from './viewer/viewer-provider.tsx'

const RowPage = lazy(() => import('./row-form/row-page.tsx').then((module) => ({ default: module.RowPage })))

const CleanUpPage = lazy(() =>
  import('./clean-up/clean-up-page.tsx').then((module) => ({ default: module.CleanUpPage })),
)

const TrashPage = lazy(() => import('./clean-up/trash-page.tsx').then((module) => ({ default: module.TrashPage })))

/** The whole page: who is signed in, then the shell, then the screen that the address names. */
export function App() {
  const [queryClient] = useState(createQueryClient)
  return (
    <QueryClientProvider client={queryClient}>
      <ToastProvider>
        <Router base={pageConfig.basePath}>
          <ErrorBoundary>
            <SessionGate>
              <ViewerProvider>
                <Shell>
                  <Screens />
                </Shell>
              </ViewerProvider>
            </SessionGate>
          </ErrorBoundary>
        </Router>
      </ToastProvider>
    </QueryClientProvider>
  )
}

function Screens() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Switch>
        <Route path="/">
          <HomePage />
        </Route>
        <Route path="/tables/:table">{({ table }) => <TablePage key={table} table={table} />}</Route>
        <Route path="/tables/:table/new">{({ table }) => <RowPage key={table} table={table} id={null} />}</Route>
        <Route path="/tables/:table/rows/:id">
          {({ table, id }) => <RowPage key={`${table}/${id}`} table={table} id={id} />}
        </Route>
        <Route path={CLEAN_UP_PATH}>
          <CleanUpPage />
        </Route>
        <Route path={TRASH_PATH}>
          <TrashPage />
        </Route>
        <Route path="/tables">
          <Redirect to="/" replace />
        </Route>
        <Route>
          <NotFoundPage />
        </Route>
      </Switch>
    </Suspense>
  )
}

/** What failed for a reason that stays (no session, not found, refused) is not asked again; the rest twice more. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && !(error instanceof ApiError && isFinal(error.status)),
      },
    },
  })
}

function isFinal(status: number): boolean {
  return status >= 400 && status < 500
}
