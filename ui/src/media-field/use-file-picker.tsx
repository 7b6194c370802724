import { useRef, type ReactNode } from 'react'

export interface PickOptions {
  isMultiple: boolean
  /** Opens a phone's camera at once. */
  usesCamera?: boolean
}

export interface FilePicker {
  /** Has to be on the page: Safari forgets an input that is not. */
  input: ReactNode
  pick: (options: PickOptions, onPick: (files: File[]) => void) => void
}

/** The browser's own file dialog. */
export function useFilePicker(accept: string | undefined, label: string): FilePicker {
  const input = useRef<HTMLInputElement>(null)
  const taker = useRef<(files: File[]) => void>(() => {})
  return {
    input: (
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          // Otherwise picking the same file again would be no change.
          event.target.value = ''
          if (files.length > 0) taker.current(files)
        }}
      />
    ),
    pick: ({ isMultiple, usesCamera = false }, onPick) => {
      if (!input.current) return
      taker.current = onPick
      input.current.multiple = isMultiple && !usesCamera
      // With extensions instead of a media type, phones offer no camera.
      input.current.accept = usesCamera ? 'image/*' : (accept ?? '')
      if (usesCamera) input.current.setAttribute('capture', 'environment')
      else input.current.removeAttribute('capture')
      input.current.click()
    },
  }
}
