import { Component } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { ErrorState } from '../components/state-message.tsx'

interface ErrorBoundaryState {
  error: unknown
  hasFailed: boolean
}

/** The last net under a screen: a failure while drawing it leaves the rest of the page standing. */
export class ErrorBoundary extends Component<{ children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, hasFailed: false }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error, hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return (
      <ErrorState
        error={this.state.error}
        title="This screen could not be shown"
        headingLevel={1}
        actions={
          <Button icon="refresh" onClick={() => window.location.reload()}>
            Load the page again
          </Button>
        }
      />
    )
  }
}
