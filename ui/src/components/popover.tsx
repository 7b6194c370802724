import { lazy, Suspense } from 'react'
import type { ReactNode } from 'react'
import { usePanelTrigger } from './use-panel-trigger.ts'
import type { PanelTriggerProps } from './use-panel-trigger.ts'

const loadPanel = () => import('./popover-panel.tsx')
const PopoverPanel = lazy(() => loadPanel().then((module) => ({ default: module.PopoverPanel })))

export interface PopoverProps {
  /** Draws the button that opens it, with the properties spread on it. */
  renderTrigger: (props: PanelTriggerProps) => ReactNode
  label: string
  children: (close: () => void) => ReactNode
  /** Defaults to `bottom start`. */
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end'
}

/** A small dialog tied to a button, for controls that do not fit into a menu. Esc and a press outside close it. */
export function Popover({ renderTrigger, label, children, placement = 'bottom start' }: PopoverProps) {
  const panel = usePanelTrigger('dialog', loadPanel)
  return (
    <>
      {renderTrigger(panel.props)}
      {panel.isOpen && (
        <Suspense>
          <PopoverPanel
            triggerRef={panel.props.ref}
            label={label}
            placement={placement}
            onClose={() => panel.setIsOpen(false)}
          >
            {children(() => panel.setIsOpen(false))}
          </PopoverPanel>
        </Suspense>
      )}
    </>
  )
}
