import { isSameList, getKeys, moveEntries, reconcile, finish, storedEntry, type MediaEntry } from './media-entries.ts'
import type { Upload, UploadQueue } from './upload-queue.ts'
import { keepIfSame, visibleEntries } from './visible-entries.ts'

export interface MediaFieldState {
  readonly entries: readonly MediaEntry[]
  /** The entries to show as files; see `visibleEntries`. */
  readonly visible: readonly MediaEntry[]
  /** As they were when one of them last began, ended or went: {@link MediaFieldStore.getUpload} knows their progress. */
  readonly uploads: readonly Upload[]
  /** What the last change did, and the way back. */
  readonly undo: { readonly sentence: string; readonly entries: readonly MediaEntry[] } | null
  /** Something a person should know that is not an error of one file. */
  readonly notice: string | null
}

export interface MediaFieldStoreOptions {
  isArray: boolean
  value: readonly string[]
  createQueue: (onStored: (upload: Upload) => void) => UploadQueue
  getName: (fileKey: string) => string
}

/** Milliseconds between two drawings of all files while uploads begin and end. The first one does not wait. */
const DRAWING_INTERVAL = 250

/** What a media field holds: its files in order, and the uploads between them. */
export class MediaFieldStore {
  readonly #options: MediaFieldStoreOptions
  readonly #queue: UploadQueue
  readonly #listeners = new Set<() => void>()
  #state: MediaFieldState
  #saved: readonly string[] = []
  /** The value that the form gave last. */
  #shown: readonly string[]
  /** Values that the form was told, and has not given back yet. */
  readonly #reported: (readonly string[])[] = []
  #report: (fileKeys: string[]) => void = () => {}
  /** Uploads that ended, and whose entries do not know it yet. */
  #landed: Upload[] = []
  #drawnAt = -Infinity
  #drawing: ReturnType<typeof setTimeout> | undefined

  constructor(options: MediaFieldStoreOptions) {
    this.#options = options
    this.#queue = options.createQueue((upload) => {
      this.#landed.push(upload)
      this.#drawSoon()
    })
    this.#shown = options.value
    const entries = options.value.map(storedEntry)
    this.#state = { entries, visible: entries, uploads: [], undo: null, notice: null }
    this.#queue.subscribe(() => this.#followQueue())
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly getState = (): MediaFieldState => this.#state

  readonly getUpload = (uploadId: string | null): Upload | null =>
    uploadId === null ? null : this.#queue.getUpload(uploadId)

  /** Whom to tell when what the column holds was changed in here. */
  reportTo(listener: (fileKeys: string[]) => void): void {
    this.#report = listener
  }

  /**
   * Takes over a value that was changed from outside: a discarded draft, a saved row. What was reported from in here comes
   * back the same way, late where the page is busy: taken over, it would undo what has landed since, and its order.
   */
  showValue(value: readonly string[]): void {
    if (isSameList(value, this.#shown)) return
    this.#shown = value
    const echo = this.#reported.findLastIndex((reported) => isSameList(reported, value))
    if (echo >= 0) {
      this.#reported.splice(0, echo + 1)
      return
    }
    this.#draw()
    if (isSameList(getKeys(this.#state.entries), value)) return
    this.#set({ entries: reconcile(this.#state.entries, value), undo: null })
  }

  /** @param replaces The entry that the first file takes the place of. */
  addFiles(files: readonly File[], replaces: string | null = null): void {
    this.#draw()
    const { isArray } = this.#options
    const taken = isArray ? files : files.slice(0, 1)
    if (!isArray) this.#dropUnstored()
    const added = this.#queue.add(taken).map((upload, index): MediaEntry => ({
      id: upload.id,
      fileKey: null,
      uploadId: upload.id,
      replaces: index === 0 ? (replaces ?? (isArray ? null : (this.#state.entries[0]?.id ?? null))) : null,
    }))
    const leftOut = files.length - taken.length
    const notice = leftOut > 0 ? describeLeftOut(files) : null
    this.#set({ entries: [...this.#state.entries, ...added], uploads: this.#queue.getUploads(), notice })
  }

  /** Says something that is not about one file, until the next change. */
  print(notice: string): void {
    this.#set({ notice })
  }

  /** Takes files that are stored already. */
  choose(fileKeys: readonly string[]): void {
    this.#draw()
    const { entries } = this.#state
    const chosen = fileKeys.map(storedEntry)
    if (this.#options.isArray) this.#put([...entries, ...chosen], null)
    else this.#put(chosen.slice(0, 1), this.#describeReplaced(entries, fileKeys[0]))
  }

  remove(id: string): void {
    this.#draw()
    const { entries } = this.#state
    const removed = entries.find((entry) => entry.id === id)
    if (!removed) return
    const left = entries.filter((entry) => entry !== removed)
    this.#put(left, removed.fileKey === null ? null : `Removed ${this.#options.getName(removed.fileKey)}.`)
  }

  move(ids: ReadonlySet<string>, target: { id: string; position: 'before' | 'after' }): void {
    this.#draw()
    this.#put(moveEntries(this.#state.entries, ids, target), null)
  }

  retry(uploadId: string): void {
    this.#queue.retry(uploadId)
  }

  retrySignedOut(): void {
    this.#queue.retrySignedOut()
  }

  pause(uploadId: string): void {
    this.#queue.pause(uploadId)
  }

  resume(uploadId: string): void {
    this.#queue.resume(uploadId)
  }

  /** Cancels an upload, or puts a failed one out of sight. */
  dismiss(uploadId: string): void {
    this.#set({ entries: this.#state.entries.filter((entry) => entry.uploadId !== uploadId) })
    this.#queue.dismiss(uploadId)
    this.#draw()
  }

  undo(): void {
    this.#draw()
    const { undo, entries } = this.#state
    if (!undo) return
    const known = new Set(undo.entries.map((entry) => entry.id))
    const unstored = entries.filter((entry) => !known.has(entry.id) && entry.fileKey === null)
    this.#put([...undo.entries.filter((entry) => entry.fileKey !== null), ...unstored], null)
  }

  /** What the row holds in the database: once that changes, the way back is not the one that was offered. */
  showSaved(saved: readonly string[]): void {
    if (isSameList(saved, this.#saved)) return
    this.#saved = saved
    if (this.#state.undo) this.#set({ undo: null })
  }

  dispose(): void {
    this.#queue.dispose()
    clearTimeout(this.#drawing)
  }

  /** Progress comes many times a second, and only the file that moves has to be drawn again for it. */
  #followQueue(): void {
    const uploads = this.#queue.getUploads()
    if (isSameList(uploads.map(getStage), this.#state.uploads.map(getStage))) this.#notify()
    else this.#drawSoon()
  }

  /** A hundred small files end within seconds, and drawing them all for each would take most of these. */
  #drawSoon(): void {
    const left = this.#drawnAt + DRAWING_INTERVAL - performance.now()
    if (left <= 0) this.#draw()
    else this.#drawing ??= setTimeout(() => this.#draw(), left)
  }

  /** Files that were stored, and uploads that ended, become visible together: a save never finds one without the other. */
  #draw(): void {
    clearTimeout(this.#drawing)
    this.#drawing = undefined
    this.#drawnAt = performance.now()
    const landed = this.#landed.splice(0)
    const uploads = this.#queue.getUploads()
    if (landed.length > 0) this.#land(landed, uploads)
    else if (!isSameList(uploads.map(getStage), this.#state.uploads.map(getStage))) this.#set({ uploads })
  }

  #land(landed: readonly Upload[], uploads: readonly Upload[]): void {
    let { entries } = this.#state
    let sentence: string | null = null
    for (const { id, stored } of landed) {
      if (!stored) continue
      const entry = entries.find((other) => other.uploadId === id)
      const replaced = entries.find((other) => other.id === entry?.replaces)
      if (replaced) sentence = this.#describeReplaced([replaced], stored.fileKey)
      entries = finish(entries, id, stored.fileKey)
    }
    this.#put(entries, sentence, uploads)
  }

  #describeReplaced(before: readonly MediaEntry[], fileKey: string | undefined): string | null {
    const old = getKeys(before)[0]
    if (old === undefined || fileKey === undefined) return null
    return `${this.#options.getName(fileKey)} takes the place of ${this.#options.getName(old)}.`
  }

  /** In a single column, a second pick ends what the first one began. */
  #dropUnstored(): void {
    for (const entry of this.#state.entries) {
      if (entry.fileKey === null && entry.uploadId !== null) this.dismiss(entry.uploadId)
    }
  }

  #put(entries: readonly MediaEntry[], undoable: string | null, uploads = this.#state.uploads): void {
    const before = getKeys(this.#state.entries)
    const after = getKeys(entries)
    const undo = undoable === null ? null : { sentence: undoable, entries: this.#state.entries }
    this.#set({ entries, uploads, undo, notice: null })
    if (isSameList(before, after)) return
    this.#reported.push(after)
    this.#report(after)
  }

  #set(change: Partial<MediaFieldState>): void {
    const { entries, uploads, visible } = { ...this.#state, ...change }
    this.#state = { ...this.#state, ...change, visible: keepIfSame(visible, visibleEntries(entries, uploads)) }
    this.#notify()
  }

  #notify(): void {
    for (const listener of this.#listeners) listener()
  }
}

function getStage({ id, status }: Upload): string {
  return `${id} ${status}`
}

function describeLeftOut(files: readonly File[]): string {
  return `One file fits here: ${files[0]?.name ?? ''} was taken, ${files.length - 1} more left out.`
}
