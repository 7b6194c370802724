import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { MouseEvent } from 'react'
import { Link } from 'wouter'
import type { RowReference } from '../../../src/contract/error.ts'
import type { FileInformation } from '../../../src/contract/media.ts'
import { Button } from '../components/button.tsx'
import { originalFileName } from '../components/file-name.ts'
import { Icon } from '../components/icon.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { rowPath } from '../paths.ts'
import type { FileDetail } from '../viewers/viewer-properties.ts'
import type { Shortcut } from '../viewers/viewer-map.ts'
import { copyText } from './copy-text.ts'
import { describeFile } from './describe-file.ts'
import type { ViewerFile } from './viewer-file.ts'
import styles from './side-panel.module.css'

export interface SidePanelProps {
  file: ViewerFile
  information: UseQueryResult<FileInformation>
  details: readonly FileDetail[]
  shortcuts: readonly Shortcut[]
  hasNeighbours: boolean
  onClose: () => void
  onLeave: () => void
}

/** Everything there is to know about the file. All of it is text, whatever the file claims. */
export function SidePanel(props: SidePanelProps) {
  const { file, information, details, onClose, onLeave } = props
  const [now] = useState(() => Date.now())
  const name = information.data?.name ?? originalFileName(file.fileKey)
  return (
    <aside className={styles.panel} aria-label="Details">
      <header className={styles.header}>
        <h2>Details</h2>
        <IconButton className={styles.close} icon="close" label="Hide details" size="s" onClick={onClose} />
      </header>
      <p className={styles.name}>
        <bdi>{name}</bdi>
      </p>
      <Facts metadata={describeFile(information.data ?? null, details, now)} isLoading={information.isPending} />
      {information.isError && (
        <p className={styles.failure} role="alert">
          {information.error.message}
        </p>
      )}
      <h3 className={styles.subtitle}>Used in</h3>
      <References information={information} onLeave={onLeave} />
      <FileKey key={file.fileKey} file={file} />
      <Shortcuts shortcuts={props.shortcuts} hasNeighbours={props.hasNeighbours} />
    </aside>
  )
}

function Facts({ metadata, isLoading }: { metadata: readonly FileDetail[]; isLoading: boolean }) {
  return (
    <dl className={styles.facts} aria-busy={isLoading}>
      {metadata.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {isLoading && <div className={styles.skeleton} aria-hidden="true" />}
    </dl>
  )
}

interface ReferencesProps {
  information: UseQueryResult<FileInformation>
  onLeave: () => void
}

function References({ information, onLeave }: ReferencesProps) {
  if (information.isPending) return <div className={styles.skeleton} aria-hidden="true" />
  const references = information.data?.references ?? []
  if (references.length === 0) {
    return <p className={styles.quiet}>{information.isError ? 'Not known.' : 'No row uses this file.'}</p>
  }
  const leave = (event: MouseEvent) => {
    // With a modifier key the row opens in another tab, and the viewer stays.
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) onLeave()
  }
  return (
    <ul className={styles.references}>
      {references.map((reference) => (
        <li key={referenceId(reference)}>
          {/* Takes the place of the viewer's own entry in the history, so that Back leads to the page below. */}
          <Link href={rowPath(reference.table, reference.id)} replace onClick={leave} className={styles.reference}>
            <Icon name="link-row" />
            <span>
              <bdi>{reference.label}</bdi>
              <small>
                {reference.table} · {reference.column}
              </small>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function referenceId({ table, column, id }: RowReference): string {
  return `${table} ${column} ${id}`
}

function FileKey({ file }: { file: ViewerFile }) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => setIsCopied(await copyText(Promise.resolve(file.fileKey)))
  return (
    <details className={styles.disclosure}>
      <summary>File key</summary>
      <code className={styles.key}>{file.fileKey}</code>
      <Button size="s" icon={isCopied ? 'check' : 'copy'} onClick={() => void copy()}>
        {isCopied ? 'Copied' : 'Copy file key'}
      </Button>
    </details>
  )
}

function Shortcuts({ shortcuts, hasNeighbours }: Pick<SidePanelProps, 'shortcuts' | 'hasNeighbours'>) {
  const takesArrows = shortcuts.some(({ keys }) => keys.includes('←') || keys.includes('Arrow'))
  const walking = { keys: takesArrows ? 'Shift ← →' : '← →', action: 'Previous and next file' }
  const all = [
    ...shortcuts,
    ...(hasNeighbours ? [walking] : []),
    { keys: 'I', action: 'Details' },
    { keys: 'Esc', action: 'Close' },
  ]
  return (
    <details className={styles.disclosure}>
      <summary>Keyboard</summary>
      <dl className={styles.facts}>
        {all.map(({ keys, action }) => (
          <div key={keys}>
            <dt>{keys}</dt>
            <dd>{action}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
