import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { RowResponse } from '../../../src/contract/rows.ts'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { buttonClassName } from '../components/button.tsx'
import { EmptyState, ErrorState } from '../components/state-message.tsx'
import { tablePath } from '../paths.ts'
import { rowQuery, sessionQuery, tableSchemaQuery } from '../queries.ts'
import { RowForm } from './row-form.tsx'
import { RowSkeleton } from './row-skeleton.tsx'

export interface RowPageProps {
  table: string
  /** `null` for a new row. */
  id: string | null
}

/** One row, to read and to change; or the form for a new one. */
export function RowPage({ table, id }: RowPageProps) {
  const schema = useQuery(tableSchemaQuery(table))
  const session = useQuery(sessionQuery())
  const row = useQuery({ ...rowQuery(table, id ?? ''), enabled: id !== null })
  // Counts up for "Save and add another": the next row gets a form of its own.
  const [formNumber, setFormNumber] = useState(0)

  const known = schema.data && session.data && (id === null ? emptyResponse : row.data)
  if (!schema.data || !session.data || !known) {
    // A row that is on screen stays there when asking again fails: what was typed over it must not go.
    const failed = [schema, row].find((query) => query.isError && !query.data)
    if (failed) return <RowFailure table={table} error={failed.error} onRetry={() => void failed.refetch()} />
    return <RowSkeleton schema={schema.data} />
  }
  const isReadOnly = session.data.readOnly || !hasPrimaryKey(schema.data)
  if (isReadOnly && id === null) return <NothingToCreate schema={schema.data} />
  return (
    <RowForm
      key={`${id}:${formNumber}`}
      schema={schema.data}
      id={id}
      response={known}
      isReadOnly={isReadOnly}
      onAddAnother={() => setFormNumber((number) => number + 1)}
    />
  )
}

const emptyResponse: RowResponse = { row: {}, labels: {}, previews: {} }

function hasPrimaryKey(schema: TableSchema): boolean {
  return schema.columns.some((column) => column.name === schema.primaryKey)
}

/** Only an address that somebody kept leads here. */
function NothingToCreate({ schema: { name, label } }: { schema: TableSchema }) {
  return (
    <EmptyState
      icon="lock"
      title="Nothing can be created here"
      headingLevel={1}
      actions={
        <Link href={tablePath(name)} className={buttonClassName()}>
          Back to {label}
        </Link>
      }
    >
      <p>{label} is read only: its rows and files can be looked at and downloaded.</p>
    </EmptyState>
  )
}

function RowFailure({ table, error, onRetry }: { table: string; error: unknown; onRetry: () => void }) {
  return (
    <>
      <h1 className="visually-hidden">{table}</h1>
      <ErrorState
        error={error}
        title="The row could not be loaded"
        onRetry={onRetry}
        actions={
          <Link href={tablePath(table)} className={buttonClassName('quiet')}>
            Back to the table
          </Link>
        }
      />
    </>
  )
}
