import { useViewerKeys } from '../../viewer/viewer-keys.ts'
import type { MediaControls } from './use-media-element.ts'

const SMALL_STEP = 5
const LARGE_STEP = 10
const VOLUME_STEP = 0.1

/** The keys that video players agree on. With Shift the arrows are left to walk through the files. */
export function useMediaKeys(controls: MediaControls, toggleFullscreen: (() => void) | null): void {
  const { playback } = controls
  const actions = new Map<string, () => void>([
    [' ', controls.togglePlay],
    ['k', controls.togglePlay],
    ['j', () => controls.seekBy(-LARGE_STEP)],
    ['l', () => controls.seekBy(LARGE_STEP)],
    ['arrowleft', () => controls.seekBy(-SMALL_STEP)],
    ['arrowright', () => controls.seekBy(SMALL_STEP)],
    ['arrowup', () => controls.setVolume(playback.volume + VOLUME_STEP)],
    ['arrowdown', () => controls.setVolume(playback.volume - VOLUME_STEP)],
    ['home', () => controls.seekTo(0)],
    ['m', controls.toggleMute],
  ])
  if (toggleFullscreen !== null) actions.set('f', toggleFullscreen)
  useViewerKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return false
    const action = actions.get(event.key.toLowerCase())
    action?.()
    return action !== undefined
  })
}
