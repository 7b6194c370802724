import { useId, useMemo, useRef, useState } from 'react'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import type { FileLocation } from '../api.ts'
import { originalFileName } from '../components/file-name.ts'
import { Icon } from '../components/icon.tsx'
import { useViewer } from '../viewer/viewer-provider.tsx'
import { AddFiles } from './add-files.tsx'
import { acceptOf, describeRules } from './check-file.ts'
import { FailedUploads } from './failed-uploads.tsx'
import { FileGrid } from './file-grid.tsx'
import { MediaFieldContext, type MediaFieldControls } from './media-field-context.ts'
import styles from './media-field.module.css'
import { keysOf, type MediaEntry } from './media-entries.ts'
import { SingleFile } from './single-file.tsx'
import { useFileDrag } from './use-file-drag.ts'
import { useFilePicker } from './use-file-picker.tsx'
import { useMediaField } from './use-media-field.ts'
import { pastedFiles, usePagePaste } from './use-page-paste.ts'
import { UploadAnnouncer } from './upload-announcer.tsx'
import { keepIfSame, visibleEntries } from './visible-entries.ts'

export interface MediaFieldProps {
  /** Of the group, to be found by the form's error summary. */
  id?: string
  table: string
  column: ColumnSchema
  /** The file keys that the column holds now; one at most when it is no array. */
  value: readonly string[]
  /** What the row holds in the database. */
  savedValue: readonly string[]
  /** Why the column cannot be saved. */
  problem?: string | null
  isRequired?: boolean
  isChanged?: boolean
  /** Files can be seen, and nothing changed. */
  isReadOnly?: boolean
  /** An image pasted anywhere on the page goes here. */
  takesPagePaste?: boolean
  /** What the viewer's arrows walk through. Defaults to the field's own files. */
  viewerFiles?: readonly FileLocation[]
  onChange: (fileKeys: string[]) => void
  onPendingChange: (pending: { running: number; failed: number }) => void
}

/** A media column: its files with their pictures, and every way to bring, order and remove them. */
export function MediaField(props: MediaFieldProps) {
  const { table, column, problem = null, isReadOnly = false, isRequired, isChanged, takesPagePaste = false } = props
  const ownId = useId()
  const id = props.id ?? ownId
  const { store, state } = useMediaField(props)
  const rules = column.media
  const picker = useFilePicker(rules ? acceptOf(rules) : undefined, `Files for ${column.label}`)
  const drag = useFileDrag(!isReadOnly, (files) => store.addFiles(files))
  usePagePaste(takesPagePaste && !isReadOnly, (files) => store.addFiles(files))

  const shown = useRef<readonly MediaEntry[]>([])
  const entries = useMemo(() => {
    shown.current = keepIfSame(shown.current, visibleEntries(state.entries, state.uploads))
    return shown.current
  }, [state.entries, state.uploads])
  const [announcement, setAnnouncement] = useState('')
  const view = useView(props, keysOf(state.entries))
  const controls: MediaFieldControls = {
    store,
    table,
    column,
    isReadOnly,
    view,
    replace: (entryId) => picker.pick({ isMultiple: false }, (files) => store.addFiles(files, entryId)),
    move: (entryId, direction) => setAnnouncement(moveBy(controls, entryId, direction)),
    remove: (entryId) => store.remove(entryId),
  }
  const failed = state.uploads.filter(({ status }) => status === 'failed')
  const hint = rules ? describeRules(rules) : ''
  return (
    <MediaFieldContext value={controls}>
      <fieldset
        id={id}
        tabIndex={-1}
        className={styles.field}
        data-drag={drag.state}
        data-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        {...drag.handlers}
        onPaste={(event) => {
          const files = pastedFiles(event.clipboardData)
          if (isReadOnly || files.length === 0) return
          event.preventDefault()
          store.addFiles(files)
        }}
      >
        <legend className={styles.legend}>
          {column.label}
          {isRequired && <span className={styles.aside}> required</span>}
          {isChanged && (
            <span className={styles.changed}>
              <span className="visually-hidden"> (changed)</span>
            </span>
          )}
          {column.isArray && entries.length > 0 && <span className={styles.aside}> {entries.length}</span>}
        </legend>
        {column.isArray ? <FileGrid entries={entries} /> : <SingleFile entry={entries.at(-1) ?? null} />}
        {isReadOnly && entries.length === 0 && <p className={styles.none}>No file.</p>}
        {failed.length > 0 && <FailedUploads uploads={failed} />}
        {state.undo && (
          <p className={styles.undo}>
            <span>{state.undo.sentence}</span>
            <button type="button" className={styles.textButton} onClick={() => store.undo()}>
              Undo
            </button>
          </p>
        )}
        {state.notice && <p className={styles.notice}>{state.notice}</p>}
        {!isReadOnly && (
          <AddFiles
            isEmpty={entries.length === 0}
            hint={hint}
            onPick={(options) => picker.pick(options, (files) => store.addFiles(files))}
          />
        )}
        {problem !== null && (
          <p className={styles.problem} id={`${id}-problem`}>
            <Icon name="error" size={14} />
            {problem}
          </p>
        )}
        {picker.input}
        <UploadAnnouncer uploads={state.uploads} announcement={announcement} />
        {drag.state !== 'none' && (
          <div className={styles.dropHint} aria-hidden="true">
            <Icon name="upload" size={20} />
            {drag.state === 'here' ? 'Let go to upload' : `Drop ${column.label} here`}
          </div>
        )}
      </fieldset>
    </MediaFieldContext>
  )
}

function useView({ table, column, viewerFiles }: MediaFieldProps, fileKeys: string[]): (fileKey: string) => void {
  const { openViewer } = useViewer()
  return (fileKey) => {
    const own = fileKeys.map((key) => ({ table, column: column.name, fileKey: key }))
    const all = viewerFiles ?? own
    const isIn = (file: FileLocation) => file.column === column.name && file.fileKey === fileKey
    // A file that was just uploaded may not be among the row's yet.
    const files = all.some(isIn) ? all : own
    openViewer({ files: [...files], index: Math.max(files.findIndex(isIn), 0) })
  }
}

/** Moves an entry by one place, and says where it is now. */
function moveBy({ store }: MediaFieldControls, entryId: string, direction: 'earlier' | 'later'): string {
  const { entries } = store.getState()
  const place = entries.findIndex((entry) => entry.id === entryId)
  const neighbour = entries[direction === 'earlier' ? place - 1 : place + 1]
  const entry = entries[place]
  if (!entry || !neighbour) return ''
  store.move(new Set([entryId]), { id: neighbour.id, position: direction === 'earlier' ? 'before' : 'after' })
  const name = originalFileName(entry.fileKey ?? '')
  return `${name} is now ${direction === 'earlier' ? place : place + 2} of ${entries.length}.`
}
