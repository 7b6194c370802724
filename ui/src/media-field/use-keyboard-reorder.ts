import { useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { useMediaFieldControls } from './media-field-context.ts'
import type { MediaFieldStore } from './media-field-store.ts'

export interface KeyboardReorderOptions {
  entryId: string
  name: string
  handle: RefObject<HTMLElement | null>
}

/** Moves a file with the keys, place by place or line by line, and says to screen readers where it is. */
export function useKeyboardReorder({ entryId, name, handle }: KeyboardReorderOptions) {
  const { store, announce } = useMediaFieldControls()
  /** What stood after it when it was lifted; `undefined` while it is not. */
  const [follower, setFollower] = useState<string | null | undefined>()
  const isLifted = follower !== undefined
  const print = (what: string) => announce(`${name} ${what}, ${describePosition(store, entryId)}.`)

  const moveBefore = (next: string | null) => {
    // An element that is moved loses the focus: drawn at once, so that the next key finds it again.
    flushSync(() => positionBefore(store, entryId, next))
    handle.current?.focus()
  }
  const lift = () => {
    setFollower(getNext(store, entryId))
    print('is lifted: the arrow keys move it, Enter puts it down, Escape puts it back')
  }
  const putDown = () => {
    setFollower(undefined)
    print('is put down')
  }
  const restore = () => {
    moveBefore(follower ?? null)
    setFollower(undefined)
    print('is back in its place')
  }
  const moveBy = (steps: number) => {
    const ids = getIds(store)
    const position = ids.indexOf(entryId)
    const target = Math.min(Math.max(position + steps, 0), ids.length - 1)
    if (target !== position) moveBefore(ids.filter((id) => id !== entryId)[target] ?? null)
    print('is moved')
  }
  const toggle = isLifted ? putDown : lift
  const moves = new Map<string, () => void>([
    ['Escape', restore],
    ['ArrowLeft', () => moveBy(-1)],
    ['ArrowRight', () => moveBy(1)],
    ['ArrowUp', () => moveBy(-lineLength(handle.current))],
    ['ArrowDown', () => moveBy(lineLength(handle.current))],
  ])
  return {
    isLifted,
    /** What the key does here; nothing while it has another meaning. */
    actionFor: (key: string) => (key === 'Enter' || key === ' ' ? toggle : isLifted ? moves.get(key) : undefined),
    /** It stays where it is. */
    release: () => setFollower(undefined),
  }
}

function getIds(store: MediaFieldStore): string[] {
  return store.getState().visible.map(({ id }) => id)
}

function getNext(store: MediaFieldStore, entryId: string): string | null {
  const ids = getIds(store)
  return ids[ids.indexOf(entryId) + 1] ?? null
}

/** @param next - `null` for the end */
function positionBefore(store: MediaFieldStore, entryId: string, next: string | null): void {
  const last = getIds(store).at(-1)
  if (next !== null) store.move(new Set([entryId]), { id: next, position: 'before' })
  else if (last !== undefined) store.move(new Set([entryId]), { id: last, position: 'after' })
}

/** `2 of 5`. */
function describePosition(store: MediaFieldStore, entryId: string): string {
  const ids = getIds(store)
  return `${ids.indexOf(entryId) + 1} of ${ids.length}`
}

/** How many files stand in one line of the grid. */
function lineLength(inGrid: HTMLElement | null): number {
  const rows = [...(inGrid?.closest('[role=grid]')?.querySelectorAll<HTMLElement>('[role=row]') ?? [])]
  return Math.max(1, rows.filter(({ offsetTop }) => offsetTop === rows[0]?.offsetTop).length)
}
