import { useEffect, useState, type DragEvent } from 'react'
import { droppedFiles } from './dropped-files.ts'

export type FileDragState = 'none' | 'elsewhere' | 'here'

/**
 * Files dragged over the page and over one element of it. The handlers go onto that element; they work in the capture
 * phase, because the lists inside keep drag events to themselves.
 */
export function useFileDrag(isEnabled: boolean, onDrop: (files: Promise<File[]>) => void) {
  const isOverPage = useIsFileOverPage(isEnabled)
  const [isHere, setIsHere] = useState(false)
  const state: FileDragState = !isEnabled || !isOverPage ? 'none' : isHere ? 'here' : 'elsewhere'

  const accept = (event: DragEvent) => {
    if (!isEnabled || !hasFiles(event.dataTransfer)) return
    event.preventDefault()
    event.stopPropagation()
    event.dataTransfer.dropEffect = 'copy'
    setIsHere(true)
  }
  const handlers = {
    onDragEnterCapture: accept,
    onDragOverCapture: accept,
    onDragLeaveCapture: (event: DragEvent) => {
      const entered = event.relatedTarget
      if (!(entered instanceof Node) || !event.currentTarget.contains(entered)) setIsHere(false)
    },
    onDropCapture: (event: DragEvent) => {
      setIsHere(false)
      if (!isEnabled || !hasFiles(event.dataTransfer)) return
      event.preventDefault()
      event.stopPropagation()
      announceDrop()
      onDrop(droppedFiles(event.dataTransfer))
    },
  }
  return { state, handlers }
}

/** A drop that a field takes does not reach the window, yet ends the drag for every other field. */
const DROPPED_EVENT = 'vitrine:files-dropped'

function announceDrop(): void {
  window.dispatchEvent(new Event(DROPPED_EVENT))
}

function useIsFileOverPage(isEnabled: boolean): boolean {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    if (!isEnabled) return undefined
    // The browser sends an "enter" for each element on the way; "over" simply stops when the drag is gone.
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = () => {
      clearTimeout(timer)
      setIsOver(false)
    }
    const over = (event: globalThis.DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return
      setIsOver(true)
      clearTimeout(timer)
      timer = setTimeout(end, 400)
    }
    // A file dropped beside a field would make the browser leave the page for it, and the form with it.
    const keepPage = (event: globalThis.DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      if (event.type === 'drop') end()
    }
    addEventListener('dragover', over, { capture: true })
    addEventListener('dragover', keepPage)
    addEventListener('drop', keepPage)
    addEventListener(DROPPED_EVENT, end)
    return () => {
      clearTimeout(timer)
      removeEventListener('dragover', over, { capture: true })
      removeEventListener('dragover', keepPage)
      removeEventListener('drop', keepPage)
      removeEventListener(DROPPED_EVENT, end)
    }
  }, [isEnabled])
  return isOver
}

function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false
}
