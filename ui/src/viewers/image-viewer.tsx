import { useMemo, useRef, useState } from 'react'
import { Maximize, RotateCw, ZoomIn, ZoomOut } from 'lucide-react'
import { thumbnailUrl } from '../api.ts'
import { originalFileName } from '../components/file-name.ts'
import { useViewerKeys } from '../viewer/viewer-keys.ts'
import { canPan, FITTED, rotate, getScale, ZOOM_STEP, zoomTo } from './image/image-view.ts'
import type { ImageView } from './image/image-view.ts'
import { useElementSize } from './use-element-size.ts'
import type { Size } from './use-element-size.ts'
import { useImageGestures } from './image/use-image-gestures.ts'
import { ToolButton } from './tool-button.tsx'
import type { ViewerProperties } from './viewer-properties.ts'
import { ViewerToolbar } from './viewer-toolbar.tsx'
import styles from './image-viewer.module.css'

/** An SVG without a size of its own still has to be laid out. */
const SIZE_OF_NONE: Size = { width: 512, height: 512 }
const MIDDLE = { x: 0, y: 0 }

/** Images. An SVG is shown by `<img>` only, where its scripts and its references to elsewhere do nothing. */
export function ImageViewer({ file, url, information, onFailure, onDetails }: ViewerProperties) {
  const area = useRef<HTMLDivElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<ImageView>(FITTED)
  const [loadedSize, setLoadedSize] = useState<Size | null>(null)
  const stageSize = useElementSize(stage)
  const known = loadedSize ?? sizeFrom(information?.width, information?.height)
  const sizes = useMemo(() => ({ stage: stageSize, image: known ?? { width: 0, height: 0 } }), [stageSize, known])
  const gestures = useImageGestures({ area, stage, view, sizes, onChange: setView })

  const scale = getScale(view, sizes)
  const zoom = (factor: number) => setView(zoomTo(view, scale * factor, { at: MIDDLE, sizes }))
  const actions = new Map<string, () => void>([
    ['+', () => zoom(ZOOM_STEP)],
    ['=', () => zoom(ZOOM_STEP)],
    ['-', () => zoom(1 / ZOOM_STEP)],
    ['0', () => setView({ ...FITTED, rotation: view.rotation })],
    ['1', () => setView(zoomTo(view, 1, { at: MIDDLE, sizes }))],
    ['r', () => setView(rotate(view, 90))],
    ['R', () => setView(rotate(view, -90))],
  ])
  useViewerKeys((event) => {
    const action = event.ctrlKey || event.metaKey ? undefined : actions.get(event.key)
    action?.()
    return action !== undefined
  })

  const location = {
    width: sizes.image.width * scale,
    height: sizes.image.height * scale,
    transform: `translate(calc(-50% + ${view.x}px), calc(-50% + ${view.y}px)) rotate(${view.rotation}deg)`,
  }
  const isPannable = canPan(view, sizes)
  return (
    <>
      {/* The keys do all that the pointer does here. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={area}
        className={styles.area}
        data-pannable={isPannable}
        {...(isPannable ? { 'data-own-gestures': '' } : {})}
        {...gestures}
      >
        <div ref={stage} className={styles.stage}>
          {/* Blurred, until the image itself is there: in its place and of its size, so that nothing jumps. */}
          {loadedSize === null && known !== null && (
            <img className={styles.placeholder} src={thumbnailUrl(file, 160)} alt="" aria-hidden style={location} />
          )}
          <img
            key={url}
            className={styles.image}
            data-loaded={loadedSize !== null}
            data-magnified={scale >= 4}
            src={url}
            alt={originalFileName(file.fileKey)}
            draggable={false}
            decoding="async"
            style={location}
            onLoad={({ currentTarget }) => {
              // What the browser decoded counts: it has turned the image as its EXIF says.
              const size = sizeFrom(currentTarget.naturalWidth, currentTarget.naturalHeight) ?? SIZE_OF_NONE
              setLoadedSize(size)
              onDetails([{ label: 'Dimensions', value: `${size.width} × ${size.height} pixels` }])
            }}
            onError={() => onFailure()}
          />
        </div>
      </div>
      <ViewerToolbar label="Picture" placement="floating">
        <ToolButton label="Zoom out" onClick={() => zoom(1 / ZOOM_STEP)} disabled={view.scale === null}>
          <ZoomOut size={16} aria-hidden />
        </ToolButton>
        <output className={styles.percentage} aria-label="Zoom">
          {Math.round(scale * 100)} %
        </output>
        <ToolButton label="Zoom in" onClick={() => zoom(ZOOM_STEP)}>
          <ZoomIn size={16} aria-hidden />
        </ToolButton>
        <span className={styles.gap} />
        <ToolButton label="Fit" aria-pressed={view.scale === null} onClick={actions.get('0')}>
          <Maximize size={16} aria-hidden />
        </ToolButton>
        <ToolButton label="1:1, one pixel to a pixel" aria-pressed={view.scale === 1} onClick={actions.get('1')}>
          1:1
        </ToolButton>
        <ToolButton label="Rotate" onClick={actions.get('r')}>
          <RotateCw size={16} aria-hidden />
        </ToolButton>
      </ViewerToolbar>
    </>
  )
}

function sizeFrom(width: number | null | undefined, height: number | null | undefined): Size | null {
  return width && height ? { width, height } : null
}
