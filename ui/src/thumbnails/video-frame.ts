import { drawImage, encodeCanvas, isReporting } from './draw-image.ts'

/** Longest time, in milliseconds, for the browser to find its way to an image. */
const TIMEOUT_MS = 15_000

/** Where an image is looked for: a moment in, in seconds, then at these parts of the video. */
const FIRST_MOMENT = 1
const PARTS = [0.1, 0.25, 0.5]

/** The moment that a video shows now; `null` when it shows nothing, or black. */
export async function shownMoment(video: HTMLVideoElement): Promise<Blob | null> {
  const { videoWidth: width, videoHeight: height } = video
  if (width === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
  const drawable = { source: video, width, height }
  return isReporting(drawable) ? encodeCanvas(drawImage(drawable)) : null
}

/** A telling image of a video on the person's own disk; `null` when this browser cannot play it. */
export async function captureVideoFrame(file: File): Promise<Blob | null> {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.preload = 'auto'
  const url = URL.createObjectURL(file)
  try {
    video.src = url
    if (!(await happens(video, 'loadeddata'))) return null
    return await searchIn(video)
  } finally {
    video.removeAttribute('src')
    video.load()
    URL.revokeObjectURL(url)
  }
}

async function searchIn(video: HTMLVideoElement): Promise<Blob | null> {
  const { duration } = video
  const length = Number.isFinite(duration) ? duration : 0
  const moments = [Math.min(FIRST_MOMENT, length / 2), ...PARTS.map((part) => part * length)]
  for (const moment of moments) {
    video.currentTime = moment
    if (!(await happens(video, 'seeked'))) return null
    const image = await shownMoment(video)
    if (image !== null) return image
  }
  // All of it is dark: then that is what it looks like.
  const { videoWidth: width, videoHeight: height } = video
  return width === 0 ? null : encodeCanvas(drawImage({ source: video, width, height }))
}

/** Whether the video comes to what is waited for, and in time. */
function happens(video: HTMLVideoElement, event: 'loadeddata' | 'seeked'): Promise<boolean> {
  return new Promise((resolve) => {
    const settled = new AbortController()
    const reconcile = (hasHappened: boolean) => {
      settled.abort()
      clearTimeout(timer)
      resolve(hasHappened)
    }
    const timer = setTimeout(() => reconcile(false), TIMEOUT_MS)
    video.addEventListener(event, () => reconcile(true), { signal: settled.signal })
    video.addEventListener('error', () => reconcile(false), { signal: settled.signal })
  })
}
