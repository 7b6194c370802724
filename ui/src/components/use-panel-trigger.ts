import { useCallback, useRef, useState } from 'react'
import type { RefObject } from 'react'

/** What the button that opens a panel needs: spread it on the button. */
export interface PanelTriggerProps {
  ref: RefObject<HTMLButtonElement | null>
  'aria-haspopup': 'dialog' | 'menu'
  'aria-expanded': boolean
  onClick: () => void
  onPointerEnter: () => void
}

export interface PanelTrigger {
  isOpen: boolean
  setIsOpen: (isOpen: boolean) => void
  props: PanelTriggerProps
}

/**
 * Opens a panel whose code is loaded when it is first needed. `load` is called as soon as the pointer comes near, so
 * that the press does not wait.
 */
export function usePanelTrigger(kind: 'dialog' | 'menu', load: () => Promise<unknown>): PanelTrigger {
  const [isOpen, setIsOpen] = useState(false)
  const ref = useRef<HTMLButtonElement>(null)
  const onClick = useCallback(() => setIsOpen(true), [])
  const onPointerEnter = useCallback(() => void load(), [load])
  return {
    isOpen,
    setIsOpen,
    props: { ref, 'aria-haspopup': kind, 'aria-expanded': isOpen, onClick, onPointerEnter },
  }
}
