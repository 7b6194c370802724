import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react'
import type { PaletteCommand } from './palette-sections.ts'

export interface PaletteResultOptions {
  /** Enter was pressed before the palette was there. */
  isResponded: boolean
  first: PaletteCommand | undefined
  /** Whether `first` is so for what is typed now; rows are still on their way otherwise. */
  isFirstKnown: boolean
  run: (command: PaletteCommand) => void
}

/** Enter right after typing means the first result for what was typed, and never one that stood there before. */
export function usePaletteResult({ isResponded, first, isFirstKnown, run }: PaletteResultOptions) {
  const [isWaiting, setIsWaiting] = useState(isResponded)
  const hasWalked = useRef(false)
  const response = useEffectEvent(() => {
    if (first) run(first)
  })
  useEffect(() => {
    if (isWaiting && isFirstKnown) response()
  }, [isWaiting, isFirstKnown])
  return {
    /** Something else was typed. */
    forget: () => {
      hasWalked.current = false
      setIsWaiting(false)
    },
    onKeyDownCapture: (event: KeyboardEvent) => {
      // Whoever walked the results has seen the one that is meant.
      if (event.key.startsWith('Arrow')) hasWalked.current = true
      if (event.key !== 'Enter' || event.nativeEvent.isComposing || hasWalked.current || isFirstKnown) return
      event.preventDefault()
      event.stopPropagation()
      setIsWaiting(true)
    },
  }
}
