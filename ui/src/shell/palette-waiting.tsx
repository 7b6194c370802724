import { focusOnMount } from '../components/focus-on-mount.ts'

export interface PaletteWaitingProps {
  text: string
  onType: (text: string) => void
  onEnter: () => void
  onClose: () => void
}

/** Takes the keys while the command palette is on its way: who types at once must not lose the first letters. */
export function PaletteWaiting({ text, onType, onEnter, onClose }: PaletteWaitingProps) {
  return (
    <input
      ref={focusOnMount}
      className="visually-hidden"
      aria-label="Command palette"
      value={text}
      onChange={(event) => onType(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter' && text.trim() !== '') onEnter()
      }}
    />
  )
}
