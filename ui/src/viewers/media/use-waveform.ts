import { useEffect, useState } from 'react'
import { openUrl } from '../fetch-bytes.ts'
import { findPeaks } from './find-peaks.ts'

/** Larger files, in bytes, and longer recordings, in seconds, are played without a waveform: all of it is decoded. */
const MAX_BYTES = 20_000_000
const MAX_LENGTH = 45 * 60
/** Low, because an image of the loudness needs no more, and memory grows with it. In Hz; the least browsers allow. */
const SAMPLE_RATE = 8000
const PEAK_COUNT = 400

interface Recording {
  url: string
  /** In bytes; `null` while unknown. */
  size: number | null
  /** In seconds; not a number while unknown. */
  duration: number
}

/** How loud the recording is over its length, from 0 to 1; `null` until known, and for good when it is too long. */
export function useWaveform({ url, size, duration }: Recording): readonly number[] | null {
  const [peaks, setPeaks] = useState<readonly number[] | null>(null)
  const isFitting = size !== null && size <= MAX_BYTES && duration <= MAX_LENGTH
  useEffect(() => {
    if (!isFitting || peaks !== null) return undefined
    const abort = new AbortController()
    computePeaks(url, abort.signal).then(
      (computed) => abort.signal.aborted || setPeaks(computed),
      // The recording plays without; what is wrong with the file, the player itself reports.
      () => {},
    )
    return () => abort.abort()
  }, [url, isFitting, peaks])
  return peaks
}

async function computePeaks(url: string, signal: AbortSignal): Promise<number[]> {
  const response = await openUrl(url, { signal })
  const bytes = await response.arrayBuffer()
  const audio = await new OfflineAudioContext(1, 1, SAMPLE_RATE).decodeAudioData(bytes)
  return findPeaks(audio.getChannelData(0), PEAK_COUNT)
}
