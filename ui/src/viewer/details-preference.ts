const KEY = 'vitrine-viewer-details'
/** The widest window, in pixels, in which the details start hidden. */
const NARROW_WINDOW = 1200

/** Whether the details are shown: as the person left them, else by the room there is. Phones always start without. */
export function areDetailsNeeded(): boolean {
  if (innerWidth < 768) return false
  const stored = readStored()
  return stored === null ? innerWidth > NARROW_WINDOW : stored === 'shown'
}

export function rememberDetails(isShown: boolean): void {
  try {
    localStorage.setItem(KEY, isShown ? 'shown' : 'hidden')
  } catch {
    // Storage can be blocked; the preference then lasts as long as the viewer.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
