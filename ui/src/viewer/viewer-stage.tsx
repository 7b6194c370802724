import type { UseQueryResult } from '@tanstack/react-query'
import { Suspense } from 'react'
import { ApiError } from '../api.ts'
import type { FileInformation } from '../../../src/contract/media.ts'
import { classNames } from '../components/class-names.ts'
import { IconButton } from '../components/icon-button.tsx'
import { otherViewer } from '../viewers/viewer-map.ts'
import type { Viewer } from '../viewers/viewer-map.ts'
import type { ViewerProperties } from '../viewers/viewer-properties.ts'
import { StageBoundary } from './stage-boundary.tsx'
import { StageMessage } from './stage-message.tsx'
import { useFileUrl } from './use-file-url.ts'
import type { FileUrlResult } from './use-file-url.ts'
import { useSwipe } from './use-swipe.ts'
import type { ViewerFile } from './viewer-file.ts'
import styles from './viewer-stage.module.css'

export interface ViewerStageProps {
  file: ViewerFile
  name: string
  viewer: Viewer
  information: UseQueryResult<FileInformation>
  onDetails: ViewerProperties['onDetails']
  walk: { hasPrevious: boolean; hasNext: boolean; by: (step: 1 | -1) => void }
}

/** Where the file is shown, and the way to the one before and after. */
export function ViewerStage({ walk, ...content }: ViewerStageProps) {
  const swipe = useSwipe(walk.by)
  const isWalkable = walk.hasPrevious || walk.hasNext
  return (
    <div className={styles.stage} data-shape={content.viewer.shape} data-walkable={isWalkable} {...swipe}>
      {/* Keyed, so that nothing of the file before is left. */}
      <StageContent key={`${content.file.column} ${content.file.fileKey}`} {...content} />
      {isWalkable && (
        <>
          <StepButton icon="chevron-left" label="Previous file" canStep={walk.hasPrevious} onStep={() => walk.by(-1)} />
          <StepButton icon="chevron-right" label="Next file" canStep={walk.hasNext} onStep={() => walk.by(1)} />
        </>
      )}
    </div>
  )
}

interface StepButtonProps {
  icon: 'chevron-left' | 'chevron-right'
  label: string
  canStep: boolean
  onStep: () => void
}

/** At the end of the files it stays, because it may have the focus. */
function StepButton({ icon, label, canStep, onStep }: StepButtonProps) {
  return (
    <IconButton
      className={classNames(styles.step, icon === 'chevron-left' ? styles.previous : styles.next)}
      variant="overlay"
      icon={icon}
      label={label}
      aria-disabled={!canStep}
      onClick={() => canStep && onStep()}
    />
  )
}

function StageContent({ file, name, viewer, information, onDetails }: Omit<ViewerStageProps, 'walk'>) {
  const fileUrl = useFileUrl(file)
  if (isMissing(fileUrl, information)) return <MissingFile name={name} />
  if (fileUrl.state === 'refused' || fileUrl.state === 'unreachable') {
    return <FailedFile state={fileUrl.state} retry={fileUrl.retry} />
  }
  const isUnreadable = fileUrl.state === 'unreadable'
  const { Component } = isUnreadable ? otherViewer : viewer
  return (
    <StageBoundary>
      <Suspense fallback={<output className={styles.loading} aria-label="Loading" />}>
        <div className={styles.content} data-stage-content>
          {isUnreadable && (
            <output className={styles.notice}>
              This browser cannot show the file. It may be damaged, or of a kind that only other programs open.
            </output>
          )}
          <Component
            file={file}
            url={fileUrl.url}
            information={information.data ?? null}
            onFailure={fileUrl.reportFailure}
            onDetails={onDetails}
          />
        </div>
      </Suspense>
    </StageBoundary>
  )
}

function isMissing({ state }: FileUrlResult, { error }: UseQueryResult<FileInformation>): boolean {
  return state === 'missing' || (error instanceof ApiError && error.status === 404)
}

function MissingFile({ name }: { name: string }) {
  return (
    <StageMessage icon="image-broken" title="This file is no longer stored">
      The column still names <bdi>{name}</bdi>, but the storage has no such file: it was deleted or moved outside of
      this admin. Choose another file in the row, or put this one back under its key.
    </StageMessage>
  )
}

function FailedFile({ state, retry }: { state: 'refused' | 'unreachable'; retry: () => void }) {
  if (state === 'refused') {
    return (
      <StageMessage icon="lock" title="You cannot see this file" action={{ label: 'Try again', onClick: retry }}>
        The server refuses it. Your session may have ended: sign in again, then try once more.
      </StageMessage>
    )
  }
  return (
    <StageMessage icon="offline" title="The file could not be fetched" action={{ label: 'Try again', onClick: retry }}>
      Check the connection. When the file is in a bucket, the bucket must also allow this page to read it (CORS).
    </StageMessage>
  )
}
