import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { CSSProperties } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { originalFileName } from '../components/file-name.ts'
import { fileInformationQuery } from '../queries.ts'
import type { FileDetail } from '../viewers/viewer-properties.ts'
import { findViewer } from '../viewers/viewer-map.ts'
import { Filmstrip } from './filmstrip.tsx'
import { prefetchFile } from './prefetch-file.ts'
import { SidePanel } from './side-panel.tsx'
import { useViewerKeys } from './viewer-keys.ts'
import { ViewerHeader } from './viewer-header.tsx'
import type { ViewerRequest } from './viewer-file.ts'
import { ViewerStage } from './viewer-stage.tsx'
import styles from './viewer-overlay.module.css'

export interface ViewerOverlayProps extends ViewerRequest {
  /** Where the overlay grows out of, in the window's pixels. */
  origin: DOMRect | null
  onClose: () => void
  /** Takes the overlay away when a link leads to another page; unlike closing, it does not go back. */
  onLeave: () => void
}

/** The widest window, in pixels, in which the side panel starts closed. */
const NARROW_WINDOW = 1200

export function ViewerOverlay({ files, index: firstIndex, origin, onClose, onLeave }: ViewerOverlayProps) {
  const [index, setIndex] = useState(firstIndex)
  const [isPanelOpen, setIsPanelOpen] = useState(() => innerWidth > NARROW_WINDOW)
  const [details, setDetails] = useState<readonly FileDetail[]>([])
  const file = files[index]
  const queryClient = useQueryClient()

  useEffect(() => {
    for (const neighbour of [files[index + 1], files[index - 1]]) {
      if (neighbour !== undefined) prefetchFile(neighbour, queryClient)
    }
  }, [files, index, queryClient])

  const show = (next: number) => {
    if (next === index || next < 0 || next >= files.length) return
    setDetails([])
    setIndex(next)
  }
  useViewerKeys((event) => {
    if (event.ctrlKey || event.metaKey) return false
    if (event.key === 'ArrowLeft') show(index - 1)
    else if (event.key === 'ArrowRight') show(index + 1)
    else if (event.key.toLowerCase() === 'i') setIsPanelOpen(!isPanelOpen)
    else return false
    return true
  }, 'overlay')

  const information = useQuery({ ...fileInformationQuery(file ?? files[0] ?? NO_FILE), enabled: file !== undefined })
  if (file === undefined) return null
  const name = information.data?.name ?? originalFileName(file.fileKey)
  const viewer = findViewer(file.fileKey, information.data?.contentType ?? null)
  return (
    <ModalOverlay isOpen onOpenChange={(isOpen) => !isOpen && onClose()} className={styles.backdrop ?? ''}>
      <Modal className={styles.modal ?? ''} style={growthFrom(origin)}>
        <Dialog className={styles.dialog ?? ''} aria-label={`Viewer: ${name}`}>
          <ViewerHeader
            file={file}
            name={name}
            position={files.length > 1 ? `${index + 1} of ${files.length}` : null}
            isPanelOpen={isPanelOpen}
            onTogglePanel={() => setIsPanelOpen(!isPanelOpen)}
            onClose={onClose}
          />
          <ViewerStage
            key={`${index} ${file.fileKey}`}
            file={file}
            name={name}
            viewer={viewer}
            information={information}
            onDetails={setDetails}
            walk={{ hasPrevious: index > 0, hasNext: index < files.length - 1, by: (step) => show(index + step) }}
          />
          {isPanelOpen && (
            <SidePanel
              file={file}
              information={information}
              details={details}
              shortcuts={viewer.shortcuts}
              hasNeighbours={files.length > 1}
              onClose={() => setIsPanelOpen(false)}
              onLeave={onLeave}
            />
          )}
          {files.length > 1 && <Filmstrip files={files} index={index} onShow={show} />}
          <p className="visually-hidden" role="status">
            {files.length > 1 ? `${name}, ${index + 1} of ${files.length}` : name}
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Never asked for: the provider opens the overlay only with files. */
const NO_FILE = { table: '', column: '', fileKey: '' }

/** The way from the thumbnail to the whole window, for the animation in the style sheet. */
function growthFrom(origin: DOMRect | null): CSSProperties {
  if (origin === null || origin.width === 0) return {}
  const x = origin.x + origin.width / 2 - innerWidth / 2
  const y = origin.y + origin.height / 2 - innerHeight / 2
  const scale = Math.max(origin.width / innerWidth, origin.height / innerHeight, 0.05)
  return { '--grow-x': `${x}px`, '--grow-y': `${y}px`, '--grow-scale': String(Math.min(scale, 1)) } as CSSProperties
}
