import { Component } from 'react'
import type { ReactNode } from 'react'
import { StageMessage } from './stage-message.tsx'

interface StageBoundaryState {
  hasFailed: boolean
}

/** A viewer that breaks, or whose code does not load, leaves the rest of the overlay working. */
export class StageBoundary extends Component<{ children: ReactNode }, StageBoundaryState> {
  override state: StageBoundaryState = { hasFailed: false }

  static getDerivedStateFromError(): StageBoundaryState {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return (
      <StageMessage
        icon="warning"
        title="The viewer stopped"
        action={{ label: 'Load the page again', onClick: () => location.reload() }}
      >
        The file itself is unharmed and can be downloaded. Loading the page again usually helps.
      </StageMessage>
    )
  }
}
