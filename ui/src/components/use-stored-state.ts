import { useCallback, useMemo, useSyncExternalStore } from 'react'

const CHANGE_EVENT = 'vitrine:stored-state'

/**
 * State that outlives the visit, in the browser's local storage, shared by every component that names the same key.
 * Where storage is forbidden (private windows, policies) it never changes from `initial`.
 */
export function useStoredState<Value>(
  key: string,
  initial: Value,
  isValid: (value: unknown) => value is Value,
): [Value, (value: Value) => void] {
  const text = useSyncExternalStore(subscribe, () => readStored(key))
  const value = useMemo(() => parseStored(text, initial, isValid), [text, initial, isValid])
  const setValue = useCallback((next: Value) => writeStored(key, next), [key])
  return [value, setValue]
}

/** The text under the key, or `null`. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(storageKey(key))
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(storageKey(key), JSON.stringify(value))
  } catch (error) {
    // A full or forbidden storage costs the person a preference, not the page.
    if (!(error instanceof DOMException)) throw error
  }
  window.dispatchEvent(new Event(CHANGE_EVENT))
}

export function parseStored<Value>(
  text: string | null,
  initial: Value,
  isValid: (value: unknown) => value is Value,
): Value {
  if (text === null) return initial
  try {
    const value: unknown = JSON.parse(text)
    return isValid(value) ? value : initial
  } catch (error) {
    if (error instanceof SyntaxError) return initial
    throw error
  }
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('storage', onChange)
  window.addEventListener(CHANGE_EVENT, onChange)
  return () => {
    window.removeEventListener('storage', onChange)
    window.removeEventListener(CHANGE_EVENT, onChange)
  }
}

function storageKey(key: string): string {
  return `vitrine.${key}`
}
