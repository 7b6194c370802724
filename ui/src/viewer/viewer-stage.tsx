import type { UseQueryResult } from '@tanstack/react-query'
import { Suspense } from 'react'
import { ApiError } from '../api.ts'
import type { FileInformation } from '../../../src/contract/media.ts'
import { IconButton } from '../components/icon-button.tsx'
import { otherViewer } from '../viewers/viewer-map.ts'
import type { Viewer } from '../viewers/viewer-map.ts'
import type { ViewerProperties } from '../viewers/viewer-properties.ts'
import { StageBoundary } from './stage-boundary.tsx'
import { StageMessage } from './stage-message.tsx'
import { useFileAddress } from './use-file-address.ts'
import type { FileAddress } from './use-file-address.ts'
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

/** Where the file is shown, and the way to the one before and after. Keyed by the file. */
export function ViewerStage({ walk, ...content }: ViewerStageProps) {
  const swipe = useSwipe(walk.by)
  return (
    <div className={styles.stage} {...swipe}>
      <StageContent {...content} />
      {walk.hasPrevious && (
        <IconButton
          className={`${styles.step} ${styles.previous}`}
          variant="overlay"
          icon="chevron-left"
          label="Previous file"
          onClick={() => walk.by(-1)}
        />
      )}
      {walk.hasNext && (
        <IconButton
          className={`${styles.step} ${styles.next}`}
          variant="overlay"
          icon="chevron-right"
          label="Next file"
          onClick={() => walk.by(1)}
        />
      )}
    </div>
  )
}

function StageContent({ file, name, viewer, information, onDetails }: Omit<ViewerStageProps, 'walk'>) {
  const fileAddress = useFileAddress(file)
  if (isMissing(fileAddress, information)) return <MissingFile name={name} />
  if (fileAddress.state === 'refused' || fileAddress.state === 'unreachable') {
    return <FailedFile state={fileAddress.state} retry={fileAddress.retry} />
  }
  const isUnreadable = fileAddress.state === 'unreadable'
  const { Component } = isUnreadable ? otherViewer : viewer
  return (
    <StageBoundary>
      <Suspense fallback={<div className={styles.loading} role="status" aria-label="Loading" />}>
        <div className={styles.content} data-unreadable={isUnreadable}>
          {isUnreadable && (
            <p className={styles.notice} role="status">
              This browser cannot show the file. It may be damaged, or of a kind that only other programs open.
            </p>
          )}
          <Component
            file={file}
            address={fileAddress.address}
            information={information.data ?? null}
            onFailure={fileAddress.reportFailure}
            onDetails={onDetails}
          />
        </div>
      </Suspense>
    </StageBoundary>
  )
}

function isMissing({ state }: FileAddress, { error }: UseQueryResult<FileInformation>): boolean {
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
