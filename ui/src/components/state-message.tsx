import type { ReactNode } from 'react'
import { ApiError } from '../api.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import styles from './state-message.module.css'

export interface EmptyStateProps {
  icon: IconName
  title: string
  children?: ReactNode
  /** The next thing to do: buttons or links. */
  actions?: ReactNode
  /** 1 where this is all there is on the page. Defaults to 2. */
  headingLevel?: 1 | 2
}

/** What stands where content would be: there is none, and here is what to do about it. */
export function EmptyState({ icon, title, children, actions, headingLevel = 2 }: EmptyStateProps) {
  const Heading = headingLevel === 1 ? 'h1' : 'h2'
  return (
    <div className={styles.state}>
      <span className={styles.icon}>
        <Icon name={icon} size={22} />
      </span>
      <Heading className={styles.title}>{title}</Heading>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}

export interface ErrorStateProps {
  error: unknown
  /** What was tried, for example `The rows could not be loaded`. */
  title: string
  onRetry?: (() => void) | undefined
  actions?: ReactNode
  /** 1 where this is all there is on the page. Defaults to 2. */
  headingLevel?: 1 | 2
}

/** Something failed: says what and why, and offers to try again where that can help. */
export function ErrorState({ error, title, onRetry, actions, headingLevel = 2 }: ErrorStateProps) {
  const { icon, heading } = getAppearance(error, title)
  return (
    <div role="alert" className={styles.error}>
      <EmptyState
        icon={icon}
        title={heading}
        headingLevel={headingLevel}
        actions={
          <>
            {onRetry && (
              <Button icon="refresh" onClick={onRetry}>
                Try again
              </Button>
            )}
            {actions}
          </>
        }
      >
        <p>{error instanceof Error ? error.message : 'Something unexpected happened.'}</p>
      </EmptyState>
    </div>
  )
}

function getAppearance(error: unknown, title: string): { icon: IconName; heading: string } {
  if (!(error instanceof ApiError)) return { icon: 'error', heading: title }
  if (error.status === 0)
    return { icon: 'offline', heading: navigator.onLine ? 'The server cannot be reached' : 'You are offline' }
  if (error.status === 403) return { icon: 'lock', heading: 'You may not see this' }
  if (error.status === 404) return { icon: 'search', heading: 'This does not exist' }
  return { icon: 'error', heading: title }
}
