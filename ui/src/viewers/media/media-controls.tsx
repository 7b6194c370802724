import { Pause, Play, Volume2, VolumeX } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { formatDuration } from '../../formats.ts'
import { ToolButton } from '../tool-button.tsx'
import type { MediaControls as Controls } from './use-media-element.ts'
import styles from './media-controls.module.css'

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]

export interface MediaControlsProps {
  controls: Controls
  /** Stands in the place of the plain scrubber; `null` when there is one elsewhere. */
  scrubber?: ReactNode
  /** More buttons, at the end. */
  children?: ReactNode
}

/** The row of controls under a video or a recording. */
export function MediaControls({ controls, scrubber, children }: MediaControlsProps) {
  const { playback, togglePlay, toggleMute, setVolume, setSpeed } = controls
  const isSilent = playback.isMuted || playback.volume === 0
  return (
    <fieldset aria-label="Playback" className={styles.controls} data-own-gestures>
      {scrubber === undefined ? <Scrubber controls={controls} /> : scrubber}
      <div className={styles.row}>
        <ToolButton label={playback.isPlaying ? 'Pause' : 'Play'} onClick={togglePlay}>
          {playback.isPlaying ? <Pause size={18} aria-hidden /> : <Play size={18} aria-hidden />}
        </ToolButton>
        <span className={styles.time}>
          {formatDuration(playback.currentTime)} / {formatDuration(playback.duration)}
        </span>
        <span className={styles.space} />
        <ToolButton label={isSilent ? 'Unmute' : 'Mute'} onClick={toggleMute}>
          {isSilent ? <VolumeX size={18} aria-hidden /> : <Volume2 size={18} aria-hidden />}
        </ToolButton>
        <input
          className={`${styles.slider} ${styles.volume}`}
          type="range"
          min={0}
          max={1}
          step={0.05}
          aria-label="Volume"
          value={isSilent ? 0 : playback.volume}
          style={progress(isSilent ? 0 : playback.volume)}
          onChange={(event) => setVolume(event.currentTarget.valueAsNumber)}
        />
        <select
          className={styles.speed}
          aria-label="Speed"
          value={playback.speed}
          onChange={(event) => setSpeed(Number(event.currentTarget.value))}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={speed}>
              {speed}×
            </option>
          ))}
        </select>
        {children}
      </div>
    </fieldset>
  )
}

export function Scrubber({ controls, className }: { controls: Controls; className?: string | undefined }) {
  const { playback, seekTo } = controls
  const length = Number.isFinite(playback.duration) ? playback.duration : 0
  return (
    <input
      className={className ?? `${styles.slider} ${styles.scrubber}`}
      type="range"
      min={0}
      max={length || 1}
      step="any"
      aria-label="Position"
      aria-valuetext={`${formatDuration(playback.currentTime)} of ${formatDuration(playback.duration)}`}
      disabled={length === 0}
      value={Math.min(playback.currentTime, length)}
      style={progress(
        length === 0 ? 0 : playback.currentTime / length,
        length === 0 ? 0 : playback.bufferedEnd / length,
      )}
      onChange={(event) => seekTo(event.currentTarget.valueAsNumber)}
      onKeyDown={(event) => {
        // `step="any"` leaves the arrows a step of 1 second; here they mean the same as everywhere in the viewer.
        const step = event.key === 'ArrowRight' ? 5 : event.key === 'ArrowLeft' ? -5 : 0
        if (step === 0 || event.shiftKey) return
        event.preventDefault()
        controls.seekBy(step)
      }}
    />
  )
}

function progress(done: number, buffered = 0): CSSProperties {
  const variables: Record<`--${string}`, string> = {
    '--done': `${done * 100}%`,
    '--buffered': `${Math.max(done, buffered) * 100}%`,
  }
  return variables
}
