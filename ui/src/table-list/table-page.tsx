import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { buttonClassName } from '../components/button.tsx'
import { ErrorState } from '../components/state-message.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { tableSchemaQuery } from '../queries.ts'
import { ListSkeleton } from './list-skeleton.tsx'
import { TableList } from './table-list.tsx'

/** The screen at `/tables/{table}`: its rows. */
export function TablePage({ table }: { table: string }) {
  const { data: schema, error, refetch } = useQuery(tableSchemaQuery(table))
  useDocumentTitle(schema?.label)
  if (schema) return <TableList schema={schema} />
  if (!error) return <ListSkeleton />
  return (
    <ErrorState
      error={error}
      title="The table could not be opened"
      headingLevel={1}
      onRetry={() => void refetch()}
      actions={
        <Link href="/" className={buttonClassName()}>
          Go to the first table
        </Link>
      }
    />
  )
}
