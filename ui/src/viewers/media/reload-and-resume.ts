import { useEffect } from 'react'
import type { RefObject } from 'react'

/** Without a byte for this long, in milliseconds, although it waits for some, an element is taken to be starved. */
const STARVED_AFTER = 4000

const STARVING = ['waiting', 'seeking']
const FED = ['progress', 'seeked', 'canplay', 'playing', 'error', 'emptied']

/** Loads the element's address again, and goes on at the second and the speed it was at. */
export function reloadAndResume(media: HTMLMediaElement): void {
  const { currentTime, playbackRate, paused } = media
  const resume = () => {
    media.currentTime = currentTime
    media.playbackRate = playbackRate
    // Refused when another load overtakes it, or the file cannot be played: then the element reports that itself.
    if (!paused) media.play().catch(() => {})
  }
  media.addEventListener('loadedmetadata', resume, { once: true })
  media.load()
}

/**
 * Loads a video or a sound again when no more of it comes. The admin's address leads to a bucket's, which expires; a
 * browser goes on asking the expired one, for ever and without an error, because it may not read a refusal that comes
 * from elsewhere.
 */
export function useReloadWhenStarved(element: RefObject<HTMLMediaElement | null>): void {
  useEffect(() => {
    const media = element.current
    if (media === null) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => reloadAndResume(media), STARVED_AFTER)
    }
    const stopWaiting = () => clearTimeout(timer)
    for (const name of STARVING) media.addEventListener(name, wait)
    for (const name of FED) media.addEventListener(name, stopWaiting)
    return () => {
      stopWaiting()
      for (const name of STARVING) media.removeEventListener(name, wait)
      for (const name of FED) media.removeEventListener(name, stopWaiting)
    }
  }, [element])
}
