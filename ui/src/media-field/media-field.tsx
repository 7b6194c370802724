import { useEffect, useId, useMemo, useRef, useState, type ClipboardEvent } from 'react'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import type { FileLocation } from '../api.ts'
import { originalFileName } from '../components/file-name.ts'
import { Icon } from '../components/icon.tsx'
import { useKeptFocus } from '../components/use-kept-focus.ts'
import { useViewer } from '../viewer/viewer-provider.tsx'
import { AddFiles } from './add-files.tsx'
import { getAccept } from './check-file.ts'
import { FailedUploads } from './failed-uploads.tsx'
import { FileGrid } from './file-grid.tsx'
import { MediaFieldContext, useMediaFieldControls, type MediaFieldControls } from './media-field-context.ts'
import type { MediaFieldState, MediaFieldStore } from './media-field-store.ts'
import styles from './media-field.module.css'
import { getKeys } from './media-entries.ts'
import { SingleFile } from './single-file.tsx'
import { useFileDrag, type FileDragState } from './use-file-drag.ts'
import { useFilePicker } from './use-file-picker.tsx'
import { useMediaField } from './use-media-field.ts'
import { pastedFiles, usePagePaste } from './use-page-paste.ts'
import { UnfinishedUploads } from './unfinished-uploads.tsx'
import { UploadAnnouncer } from './upload-announcer.tsx'

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

/** A folder may hold nothing, or what its reader may not see. */
function takeDropped(store: MediaFieldStore, dropped: Promise<File[]>): void {
  dropped.then(
    (files) => (files.length > 0 ? store.addFiles(files) : store.print('There are no files in what was dropped.')),
    () => store.print('What was dropped could not be read. Choose the files one by one.'),
  )
}

/** A media column: its files with their images, and every way to bring, order and remove them. */
export function MediaField(props: MediaFieldProps) {
  const { table, column, isReadOnly = false, takesPagePaste = false } = props
  const ownId = useId()
  const id = props.id ?? ownId
  const { store, state } = useMediaField(props)
  const keptFocus = useKeptFocus<HTMLFieldSetElement>()
  const addFiles = (files: File[]) => store.addFiles(files)
  const { input, pick } = useFilePicker(column.media ? getAccept(column.media) : undefined, `Files for ${column.label}`)
  const drag = useFileDrag(!isReadOnly, (dropped) => takeDropped(store, dropped))
  usePagePaste(takesPagePaste && !isReadOnly, addFiles)

  const [announcement, setAnnouncement] = useState('')
  const view = useView(props, getKeys(state.entries))
  const latest = useRef({ view, pick })
  useEffect(() => {
    latest.current = { view, pick }
  })
  // Kept, or each change of one file would draw all the others again.
  const controls = useMemo<MediaFieldControls>(
    () => ({
      store,
      table,
      column,
      isReadOnly,
      view: (fileKey) => latest.current.view(fileKey),
      replace: (entryId) => latest.current.pick({ isMultiple: false }, (files) => store.addFiles(files, entryId)),
      move: (entryId, direction) => setAnnouncement(moveBy(store, entryId, direction)),
      remove: (entryId) => store.remove(entryId),
      announce: setAnnouncement,
    }),
    [store, table, column, isReadOnly],
  )
  const paste = (event: ClipboardEvent) => {
    const files = pastedFiles(event.clipboardData)
    if (isReadOnly || files.length === 0) return
    event.preventDefault()
    addFiles(files)
  }
  return (
    <MediaFieldContext value={controls}>
      <fieldset
        id={id}
        tabIndex={-1}
        className={styles.field}
        data-drag={drag.state}
        data-invalid={props.problem ? true : undefined}
        aria-describedby={props.problem ? `${id}-problem` : undefined}
        {...drag.handlers}
        {...keptFocus}
        onPaste={paste}
      >
        <Legend {...props} count={state.visible.length} />
        <Files state={state} />
        {!isReadOnly && <UnfinishedUploads onPick={(taker) => pick({ isMultiple: false }, taker)} />}
        {!isReadOnly && <AddFiles isEmpty={state.visible.length === 0} onPick={(options) => pick(options, addFiles)} />}
        {props.problem && (
          <p className={styles.problem} id={`${id}-problem`}>
            <Icon name="error" size={14} />
            {props.problem}
          </p>
        )}
        {input}
        <UploadAnnouncer state={state} announcement={announcement} />
        <DropHint state={drag.state} label={column.label} />
      </fieldset>
    </MediaFieldContext>
  )
}

function Legend({ column, isRequired, isChanged, count }: MediaFieldProps & { count: number }) {
  return (
    <legend className={styles.legend}>
      {column.label}
      {isRequired && <span className={styles.aside}> required</span>}
      {isChanged && (
        <span className={styles.changed}>
          <span className="visually-hidden"> (changed)</span>
        </span>
      )}
      {column.isArray && count > 0 && <span className={styles.aside}> {count}</span>}
    </legend>
  )
}

/** The files themselves, those that failed to become one, and the way back from the last change. */
function Files({ state }: { state: MediaFieldState }) {
  const { store, column, isReadOnly } = useMediaFieldControls()
  const failed = state.uploads.filter(({ status }) => status === 'failed')
  return (
    <>
      {column.isArray ? <FileGrid entries={state.visible} /> : <SingleFile entry={state.visible.at(-1) ?? null} />}
      {isReadOnly && state.visible.length === 0 && <p className={styles.none}>No file.</p>}
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
    </>
  )
}

function DropHint({ state, label }: { state: FileDragState; label: string }) {
  if (state === 'none') return null
  return (
    <div className={styles.dropHint} aria-hidden="true">
      <Icon name="upload" size={20} />
      {state === 'here' ? 'Let go to upload' : `Drop ${label} here`}
    </div>
  )
}

function useView({ table, column, viewerFiles }: MediaFieldProps, fileKeys: string[]): (fileKey: string) => void {
  const viewer = useViewer()
  return (fileKey) => {
    const own = fileKeys.map((key) => ({ table, column: column.name, fileKey: key }))
    const all = viewerFiles ?? own
    const isIn = (file: FileLocation) => file.column === column.name && file.fileKey === fileKey
    // A file that was just uploaded may not be among the row's yet.
    const files = all.some(isIn) ? all : own
    viewer.openViewer({ files: [...files], index: Math.max(files.findIndex(isIn), 0) })
  }
}

/** Moves an entry by one place, and says where it is now. */
function moveBy(store: MediaFieldStore, entryId: string, direction: 'earlier' | 'later'): string {
  const { entries } = store.getState()
  const position = entries.findIndex((entry) => entry.id === entryId)
  const neighbour = entries[direction === 'earlier' ? position - 1 : position + 1]
  const entry = entries[position]
  if (!entry || !neighbour) return ''
  store.move(new Set([entryId]), { id: neighbour.id, position: direction === 'earlier' ? 'before' : 'after' })
  const name = originalFileName(entry.fileKey ?? '')
  return `${name} is now ${direction === 'earlier' ? position : position + 2} of ${entries.length}.`
}
