import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { CSSProperties } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { originalFileName } from '../components/file-name.ts'
import { fileInformationQuery } from '../queries.ts'
import type { FileDetail } from '../viewers/viewer-properties.ts'
import { findViewer } from '../viewers/viewer-map.ts'
import { areDetailsNeeded, rememberDetails } from './details-preference.ts'
import { Filmstrip } from './filmstrip.tsx'
import { prefetchFile } from './prefetch-file.ts'
import { SidePanel } from './side-panel.tsx'
import { useViewerKeys } from './viewer-keys.ts'
import { ViewerHeader } from './viewer-header.tsx'
import type { ViewerFile, ViewerRequest } from './viewer-file.ts'
import { ViewerStage } from './viewer-stage.tsx'
import type { ViewerStageProps } from './viewer-stage.tsx'
import styles from './viewer-overlay.module.css'

export interface ViewerOverlayProps extends ViewerRequest {
  /** Where the overlay grows out of, in the window's pixels. */
  origin: DOMRect | null
  onClose: () => void
  /** Takes the overlay away when a link leads to another page; unlike closing, it does not go back. */
  onLeave: () => void
}

export function ViewerOverlay({ files, index: firstIndex, origin, onClose, onLeave }: ViewerOverlayProps) {
  const [index, setIndex] = useState(firstIndex)
  const file = files[index]
  usePrefetch(files, index)

  const show = (next: number) => {
    if (next < 0 || next >= files.length) return
    leaveStage()
    setIndex(next)
  }
  useViewerKeys((event) => {
    const step = event.ctrlKey || event.metaKey ? undefined : STEPS.get(event.key)
    if (step !== undefined) show(index + step)
    return step !== undefined
  }, 'overlay')

  if (file === undefined) return null
  const name = originalFileName(file.fileKey)
  const hasNeighbours = files.length > 1
  return (
    <ModalOverlay isOpen onOpenChange={(isOpen) => !isOpen && onClose()} className={styles.backdrop ?? ''}>
      <Modal className={styles.modal ?? ''} style={growthFrom(origin)}>
        <Dialog className={styles.dialog ?? ''} aria-label={`Viewer: ${name}`}>
          <ShownFile
            file={file}
            name={name}
            position={hasNeighbours ? `${index + 1} of ${files.length}` : null}
            walk={{ hasPrevious: index > 0, hasNext: index < files.length - 1, by: (step) => show(index + step) }}
            onClose={onClose}
            onLeave={onLeave}
          />
          {hasNeighbours && <Filmstrip files={files} index={index} onShow={show} />}
          <output className="visually-hidden">
            {hasNeighbours ? `${name}, ${index + 1} of ${files.length}` : name}
          </output>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** What has the focus on the stage is about to go. The dialog keeps it, so that it does not jump to the first button. */
function leaveStage(): void {
  const focused = document.activeElement
  if (focused?.closest('[data-stage-content]')) focused.closest<HTMLElement>('[role=dialog]')?.focus()
}

const STEPS = new Map([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
])

function usePrefetch(files: readonly ViewerFile[], index: number): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    for (const neighbour of [files[index + 1], files[index - 1]]) {
      if (neighbour !== undefined) prefetchFile(neighbour, queryClient)
    }
  }, [files, index, queryClient])
}

interface ShownFileProps {
  file: ViewerFile
  name: string
  position: string | null
  walk: ViewerStageProps['walk']
  onClose: () => void
  onLeave: () => void
}

/**
 * All of the overlay that belongs to one file. It is not keyed by it: the button that was pressed to get to the next file
 * must still be there, with the focus.
 */
function ShownFile({ file, name, position, walk, onClose, onLeave }: ShownFileProps) {
  const [areDetailsShown, setAreDetailsShown] = useState(areDetailsNeeded)
  const [learned, setLearned] = useState<{ fileKey: string; details: readonly FileDetail[] } | null>(null)
  const information = useQuery(fileInformationQuery(file))
  const viewer = findViewer(file.fileKey, information.data?.contentType ?? null)

  const toggleDetails = () => {
    rememberDetails(!areDetailsShown)
    setAreDetailsShown(!areDetailsShown)
  }
  useViewerKeys((event) => {
    const isToggle = event.key.toLowerCase() === 'i' && !event.ctrlKey && !event.metaKey
    if (isToggle) toggleDetails()
    return isToggle
  }, 'overlay')

  return (
    <>
      <ViewerHeader
        file={file}
        name={name}
        position={position}
        areDetailsShown={areDetailsShown}
        onToggleDetails={toggleDetails}
        onClose={onClose}
      />
      <ViewerStage
        file={file}
        name={name}
        viewer={viewer}
        information={information}
        onDetails={(details) => setLearned({ fileKey: file.fileKey, details })}
        walk={walk}
      />
      {areDetailsShown && (
        <SidePanel
          file={file}
          information={information}
          details={learned?.fileKey === file.fileKey ? learned.details : []}
          shortcuts={viewer.shortcuts}
          hasNeighbours={position !== null}
          onClose={toggleDetails}
          onLeave={onLeave}
        />
      )}
    </>
  )
}

/** The way from the thumbnail to the whole window, for the animation in the style sheet. */
function growthFrom(origin: DOMRect | null): CSSProperties {
  if (origin === null || origin.width === 0) return {}
  const x = origin.x + origin.width / 2 - innerWidth / 2
  const y = origin.y + origin.height / 2 - innerHeight / 2
  const scale = Math.max(origin.width / innerWidth, origin.height / innerHeight, 0.05)
  const variables: Record<`--${string}`, string> = {
    '--grow-x': `${x}px`,
    '--grow-y': `${y}px`,
    '--grow-scale': String(Math.min(scale, 1)),
  }
  return variables
}
