import { Maximize2, Minimize2, PictureInPicture2 } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { originalFileName } from '../components/file-name.ts'
import { useVideoThumbnailUpload } from '../thumbnails/use-missing-thumbnail.ts'
import { formatDuration } from '../formats.ts'
import { MediaControls } from './media/media-controls.tsx'
import { useMediaElement } from './media/use-media-element.ts'
import { useMediaKeys } from './media/use-media-keys.ts'
import { ToolButton } from './tool-button.tsx'
import type { ViewerProperties } from './viewer-properties.ts'
import styles from './video-viewer.module.css'

/** Videos. The browser fetches by Range what it needs, so that a long video can be scrubbed at once. */
export function VideoViewer({ file, url, information, onFailure, onDetails }: ViewerProperties) {
  const frame = useRef<HTMLDivElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const controls = useMediaElement(video, url, onFailure)
  const { isFullscreen, toggleFullscreen } = useFullscreen(frame)
  useMediaKeys(controls, toggleFullscreen)
  useVideoThumbnailUpload(video, { file, information })
  const { playback } = controls

  const sendDetails = useEffectEvent(() => {
    const { duration } = playback
    const { videoWidth = 0, videoHeight = 0 } = video.current ?? {}
    const dimensions = { label: 'Dimensions', value: `${videoWidth} × ${videoHeight} pixels` }
    onDetails([...(videoWidth > 0 ? [dimensions] : []), { label: 'Duration', value: formatDuration(duration) }])
  })
  useEffect(() => {
    if (playback.duration > 0) sendDetails()
  }, [playback.duration])

  return (
    <div ref={frame} className={styles.frame} data-playing={playback.isPlaying} data-fullscreen={isFullscreen}>
      <div className={styles.screen}>
        {/* Stored videos come without captions. Pressing the image is a shortcut for the Play button below. */}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption, jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
        <video
          ref={video}
          className={styles.video}
          src={url}
          preload="metadata"
          playsInline
          aria-label={originalFileName(file.fileKey)}
          onClick={controls.togglePlay}
          onDoubleClick={toggleFullscreen}
        />
        {playback.isWaiting && <output className={styles.waiting} aria-label="Loading" />}
      </div>
      <div className={styles.bar}>
        <MediaControls controls={controls}>
          {document.pictureInPictureEnabled && (
            <ToolButton label="Picture in picture" onClick={() => togglePictureInPicture(video.current)}>
              <PictureInPicture2 size={18} aria-hidden />
            </ToolButton>
          )}
          {document.fullscreenEnabled && (
            <ToolButton label={isFullscreen ? 'Leave full screen' : 'Full screen'} onClick={toggleFullscreen}>
              {isFullscreen ? <Minimize2 size={18} aria-hidden /> : <Maximize2 size={18} aria-hidden />}
            </ToolButton>
          )}
        </MediaControls>
      </div>
    </div>
  )
}

interface Fullscreen {
  isFullscreen: boolean
  toggleFullscreen: () => void
}

function useFullscreen(frame: RefObject<HTMLElement | null>): Fullscreen {
  const [isFullscreen, setIsFullscreen] = useState(false)
  useEffect(() => {
    const update = () => setIsFullscreen(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', update)
    return () => document.removeEventListener('fullscreenchange', update)
  }, [])
  const toggleFullscreen = () => {
    // Refused where the page is embedded without permission; the video then stays where it is.
    const change = document.fullscreenElement === null ? frame.current?.requestFullscreen() : document.exitFullscreen()
    change?.catch(() => {})
  }
  return { isFullscreen, toggleFullscreen }
}

function togglePictureInPicture(video: HTMLVideoElement | null): void {
  // Refused while the video has no image yet; there is nothing to show then.
  const change =
    document.pictureInPictureElement === null ? video?.requestPictureInPicture() : document.exitPictureInPicture()
  change?.catch(() => {})
}
