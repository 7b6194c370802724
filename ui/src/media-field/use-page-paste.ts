import { useEffect, useRef } from 'react'

/** Files pasted where nothing else takes them: not in a text box, not in a dialog, not in another media field. */
export function usePagePaste(isEnabled: boolean, onPaste: (files: File[]) => void): void {
  const latest = useRef(onPaste)
  useEffect(() => {
    latest.current = onPaste
  })
  useEffect(() => {
    if (!isEnabled) return undefined
    const paste = (event: ClipboardEvent) => {
      const files = pastedFiles(event.clipboardData)
      if (event.defaultPrevented || files.length === 0 || isTaken(event.target)) return
      event.preventDefault()
      latest.current(files)
    }
    addEventListener('paste', paste)
    return () => removeEventListener('paste', paste)
  }, [isEnabled])
}

/** An image copied from a page or a screenshot has no name of its own: all are called `image.png`. */
export function pastedFiles(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])].map((file) => {
    if (file.name !== 'image.png') return file
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-').replace('T', ' ')
    return new File([file], `Pasted ${stamp}.png`, { type: file.type })
  })
}

function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable], [role=dialog]') !== null
}
