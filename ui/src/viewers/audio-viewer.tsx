import { Music } from 'lucide-react'
import { useEffect, useEffectEvent, useRef } from 'react'
import { originalFileName } from '../components/file-name.ts'
import { formatDuration } from '../formats.ts'
import { MediaControls, Scrubber } from './media/media-controls.tsx'
import { useMediaElement } from './media/use-media-element.ts'
import { useMediaKeys } from './media/use-media-keys.ts'
import { useWaveform } from './media/use-waveform.ts'
import { Waveform } from './media/waveform.tsx'
import type { ViewerProperties } from './viewer-properties.ts'
import styles from './audio-viewer.module.css'

/** Recordings. Playing never waits for the waveform, which comes when it is computed and for long ones not at all. */
export function AudioViewer({ file, url, information, onFailure, onDetails }: ViewerProperties) {
  const audio = useRef<HTMLAudioElement>(null)
  const controls = useMediaElement(audio, url, onFailure)
  useMediaKeys(controls, null)
  const { playback } = controls

  const sendDetails = useEffectEvent(() => {
    const { duration } = playback
    onDetails([{ label: 'Duration', value: formatDuration(duration) }])
  })
  useEffect(() => {
    if (playback.duration > 0) sendDetails()
  }, [playback.duration])
  const peaks = useWaveform({ url, size: information?.size ?? null, duration: playback.duration })
  const name = originalFileName(file.fileKey)

  return (
    <div className={styles.stage}>
      <section className={styles.player} aria-label={name}>
        {peaks === null && (
          <div className={styles.symbol} aria-hidden="true">
            <Music size={44} strokeWidth={1.25} />
          </div>
        )}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- stored recordings come without captions */}
        <audio ref={audio} src={url} preload="metadata" />
        {peaks !== null && (
          <div className={styles.waveform}>
            <Waveform peaks={peaks} done={playback.currentTime / playback.duration} />
            <Scrubber controls={controls} className={styles.overWaveform} />
          </div>
        )}
        <MediaControls controls={controls} {...(peaks === null ? {} : { scrubber: null })} />
      </section>
    </div>
  )
}
