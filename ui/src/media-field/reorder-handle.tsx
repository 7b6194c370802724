import { useRef, type KeyboardEvent } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Icon } from '../components/icon.tsx'
import styles from './file-grid.module.css'
import { useKeyboardReorder } from './use-keyboard-reorder.ts'

export interface ReorderHandleProps {
  entryId: string
  name: string
}

/**
 * Where a file is taken to be dragged. By keyboard Enter or the space bar lifts it, each arrow moves it at once, Enter puts
 * it down and Esc puts it back. The library's own way asks for a gap between two files, and the first gap it offers is the
 * one where the file is already.
 */
export function ReorderHandle({ entryId, name }: ReorderHandleProps) {
  const handle = useRef<HTMLButtonElement>(null)
  const { isLifted, actionFor, release } = useKeyboardReorder({ entryId, name, handle })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const action = actionFor(event.key)
    if (action === undefined) return
    keepFromLibrary(event)
    action()
  }
  return (
    // The button inside is the control; here its keys are taken before the library does.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <span
      className={styles.reorder}
      onKeyDownCapture={onKeyDown}
      onKeyUpCapture={(event) => event.key === ' ' && keepFromLibrary(event)}
      onBlur={release}
    >
      <AriaButton
        ref={handle}
        slot="drag"
        className={styles.handle ?? ''}
        aria-label={`Reorder ${name}`}
        aria-pressed={isLifted}
      >
        <Icon name="drag" />
      </AriaButton>
    </span>
  )
}

function keepFromLibrary(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopPropagation()
}
