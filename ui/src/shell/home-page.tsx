import { useQuery } from '@tanstack/react-query'
import { Redirect } from 'wouter'
import { EmptyState, ErrorState } from '../components/state-message.tsx'
import { tablePath } from '../paths.ts'
import { tablesQuery } from '../queries.ts'
import { PageSkeleton } from './page-skeleton.tsx'

/** There is nothing to say on a front page that the first table does not say better. */
export function HomePage() {
  const { data, error, refetch } = useQuery(tablesQuery())
  if (error && !data) {
    return (
      <ErrorState
        error={error}
        title="The tables could not be loaded"
        headingLevel={1}
        onRetry={() => void refetch()}
      />
    )
  }
  if (!data) return <PageSkeleton />
  const firstTable = data.groups.flatMap((group) => group.tables)[0]
  if (firstTable) return <Redirect to={tablePath(firstTable.name)} replace />
  return (
    <EmptyState icon="database" title="No tables yet" headingLevel={1}>
      <p>
        Give your Drizzle tables to <code>createAdmin</code> and they appear here.
      </p>
    </EmptyState>
  )
}
