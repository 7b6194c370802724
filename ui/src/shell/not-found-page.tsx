import { Link } from 'wouter'
import { buttonClassName } from '../components/button.tsx'
import { EmptyState } from '../components/state-message.tsx'

export function NotFoundPage() {
  return (
    <EmptyState
      icon="search"
      title="There is no such page"
      headingLevel={1}
      actions={
        <Link href="/" className={buttonClassName()}>
          Go to the first table
        </Link>
      }
    >
      <p>The address may be mistyped, or what it named has been removed.</p>
    </EmptyState>
  )
}
