import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { reloadAndResume, useReloadWhenStarved } from './reload-and-resume.ts'

/** What a playing element is doing, as React state. Times are in seconds. */
export interface Playback {
  isPlaying: boolean
  isWaiting: boolean
  currentTime: number
  duration: number
  /** How far ahead of the start the browser has the content. */
  bufferedEnd: number
  volume: number
  isMuted: boolean
  speed: number
}

const AT_REST: Playback = {
  isPlaying: false,
  isWaiting: false,
  currentTime: 0,
  duration: Number.NaN,
  bufferedEnd: 0,
  volume: 1,
  isMuted: false,
  speed: 1,
}

const EVENTS = [
  'play',
  'pause',
  'ended',
  'timeupdate',
  'seeking',
  'seeked',
  'durationchange',
  'loadedmetadata',
  'progress',
  'volumechange',
  'ratechange',
  'waiting',
  'playing',
  'canplay',
]

export interface MediaControls {
  playback: Playback
  togglePlay: () => void
  seekTo: (seconds: number) => void
  seekBy: (seconds: number) => void
  setSpeed: (speed: number) => void
  setVolume: (volume: number) => void
  toggleMute: () => void
}

/** Watches and steers a `<video>` or `<audio>`. A new address goes on from the second the old one stopped at. */
export function useMediaElement(
  element: RefObject<HTMLMediaElement | null>,
  url: string,
  onFailure: () => void,
): MediaControls {
  const [playback, setPlayback] = useState(AT_REST)
  const fail = useEffectEvent(onFailure)

  useEffect(() => {
    const media = element.current
    if (media === null) return undefined
    const update = () => setPlayback(readPlayback(media))
    const failed = () => fail()
    // A file from the cache can be ready, or refused, before anybody listens.
    update()
    if (media.error !== null) fail()
    for (const name of EVENTS) media.addEventListener(name, update)
    media.addEventListener('error', failed)
    return () => {
      for (const name of EVENTS) media.removeEventListener(name, update)
      media.removeEventListener('error', failed)
      // An element that is gone from the page would go on playing, and downloading.
      media.pause()
    }
  }, [element])
  useResumeAtNewUrl(element, url)
  useReloadWhenStarved(element)

  const withMedia = useCallback(
    (act: (media: HTMLMediaElement) => void) => {
      if (element.current !== null) act(element.current)
    },
    [element],
  )
  return {
    playback,
    togglePlay: () => withMedia((media) => void (media.paused ? media.play().catch(ignoreRefusedPlay) : media.pause())),
    seekTo: (seconds) => withMedia((media) => seek(media, seconds)),
    seekBy: (seconds) => withMedia((media) => seek(media, media.currentTime + seconds)),
    setSpeed: (speed) => withMedia((media) => (media.playbackRate = speed)),
    setVolume: (volume) =>
      withMedia((media) => {
        media.volume = Math.min(Math.max(volume, 0), 1)
        media.muted = media.volume === 0
      }),
    toggleMute: () => withMedia((media) => (media.muted = !media.muted)),
  }
}

function useResumeAtNewUrl(element: RefObject<HTMLMediaElement | null>, url: string): void {
  const shown = useRef(url)
  useEffect(() => {
    const media = element.current
    if (media === null || shown.current === url) return
    shown.current = url
    reloadAndResume(media)
  }, [element, url])
}

function readPlayback(media: HTMLMediaElement): Playback {
  return {
    isPlaying: !media.paused && !media.ended,
    isWaiting: !media.paused && media.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
    currentTime: media.currentTime,
    duration: media.duration,
    bufferedEnd: bufferedEnd(media),
    volume: media.volume,
    isMuted: media.muted,
    speed: media.playbackRate,
  }
}

/** The end of the part in the buffer that the current moment lies in. */
function bufferedEnd({ buffered, currentTime }: HTMLMediaElement): number {
  for (let index = 0; index < buffered.length; index += 1) {
    if (buffered.start(index) <= currentTime + 0.1 && buffered.end(index) >= currentTime) return buffered.end(index)
  }
  return 0
}

function seek(media: HTMLMediaElement, seconds: number): void {
  if (Number.isFinite(media.duration)) media.currentTime = Math.min(Math.max(seconds, 0), media.duration)
}

/** `play()` rejects when a pause or a new address overtakes it; a file that cannot be played reports an error itself. */
function ignoreRefusedPlay(): void {}
