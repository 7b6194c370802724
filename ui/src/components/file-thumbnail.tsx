import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FilePreview } from '../../../src/contract/media.ts'
import { type FileLocation, fileThumbnailUrl, type ThumbnailWidth, thumbnailUrl } from '../api.ts'
import { filePreviewQuery } from '../queries.ts'
import { classNames } from './class-names.ts'
import {
  fileExtension,
  hasThumbnail,
  isVector,
  isVideo,
  mayBeTransparent,
  mayHaveThumbnail,
  originalFileName,
} from './file-name.ts'
import { Icon } from './icon.tsx'
import { fileIcon } from './file-icon.ts'
import { placeholderStyle } from './placeholder-style.ts'
import { useIsNear } from './use-is-near.ts'
import styles from './file-thumbnail.module.css'

export interface FileThumbnailProps {
  table: string
  column: string
  fileKey: string
  /** `s` 36 px, `m` 64 px, `l` fills its container at 4:3. Defaults to `s`. */
  size?: 's' | 'm' | 'l'
  className?: string
}

/**
 * A stored file at a glance: the image itself, or the kind of file and its extension. Takes its space before the
 * image is loaded. The name is the alternative text, so a button around it needs no other label.
 */
export function FileThumbnail({ table, column, fileKey, size = 's', className }: FileThumbnailProps) {
  const file = { table, column, fileKey }
  const { data: preview } = useQuery(filePreviewQuery(file))
  const frame = classNames(styles.frame, styles[size], className)
  const props = { file, fileKey, preview, size, className: frame }
  // The key makes a new file forget that the one before it was broken.
  if (hasThumbnail(fileKey)) return <ImageThumbnail key={fileKey} {...props} />
  if (mayHaveThumbnail(fileKey)) return <SentThumbnail key={`${fileKey} ${preview === undefined}`} {...props} />
  return <FileSymbol fileKey={fileKey} size={size} className={frame} />
}

interface ImageThumbnailProps {
  file: FileLocation
  fileKey: string
  /** `undefined` while the file is not known to have one. */
  preview: FilePreview | undefined
  size: 's' | 'm' | 'l'
  className: string
}

function ImageThumbnail({ file, fileKey, preview, size, className }: ImageThumbnailProps) {
  const [state, setState] = useState<'loading' | 'loaded' | 'broken'>('loading')
  const [isNear, frameRef] = useIsNear()
  const name = originalFileName(fileKey)
  // A drawing is never shown as it is here: it may have no thumbnail where the server makes none.
  if (state === 'broken' && isVector(fileKey)) return <FileSymbol fileKey={fileKey} size={size} className={className} />
  if (state === 'broken') {
    return (
      <span className={classNames(className, styles.symbol, styles.broken)} title={`${name} cannot be shown`}>
        <Icon name="image-broken" size={iconSizes[size]} />
        <span className="visually-hidden">{name}, cannot be shown</span>
      </span>
    )
  }
  return (
    <span
      ref={frameRef}
      className={classNames(className, state === 'loaded' && mayBeTransparent(fileKey) && styles.checkered)}
      style={state === 'loading' ? placeholderStyle(preview, 'cover') : undefined}
    >
      <img
        className={styles.picture}
        {...(isNear ? getSources(size, (width) => thumbnailUrl(file, width)) : {})}
        alt={name}
        decoding="async"
        draggable={false}
        data-loaded={state === 'loaded'}
        onLoad={() => setState('loaded')}
        onError={() => setState('broken')}
      />
    </span>
  )
}

/** The image that a video or a PDF was given; the kind of file until it is there, and when there is none. */
function SentThumbnail({ file, fileKey, preview, size, className }: ImageThumbnailProps) {
  const [state, setState] = useState<'loading' | 'loaded' | 'absent'>('loading')
  const [isNear, frameRef] = useIsNear()
  const isKnown = preview !== undefined
  if (state === 'absent') return <FileSymbol fileKey={fileKey} size={size} className={className} />
  const isSymbol = state === 'loading' && !isKnown
  return (
    <span
      ref={frameRef}
      className={classNames(className, isSymbol && styles.symbol)}
      style={state === 'loading' ? placeholderStyle(preview, 'cover') : undefined}
    >
      {isSymbol && <SymbolContent fileKey={fileKey} size={size} />}
      <img
        className={classNames(styles.picture, styles.given)}
        {...(isNear ? getSources(size, (width) => fileThumbnailUrl(file, width, isKnown)) : {})}
        alt={isSymbol ? '' : originalFileName(fileKey)}
        decoding="async"
        // Those of which it is not known whether they exist are not to hold up the others.
        fetchPriority="low"
        draggable={false}
        data-loaded={state === 'loaded'}
        onLoad={() => setState('loaded')}
        onError={() => setState('absent')}
      />
      {state === 'loaded' && isVideo(fileKey) && (
        <span className={styles.play}>
          <Icon name="play" size={playSizes[size]} />
        </span>
      )}
    </span>
  )
}

function FileSymbol({ fileKey, size, className }: Pick<ImageThumbnailProps, 'fileKey' | 'size' | 'className'>) {
  return (
    <span className={classNames(className, styles.symbol)}>
      <SymbolContent fileKey={fileKey} size={size} />
    </span>
  )
}

function SymbolContent({ fileKey, size }: Pick<ImageThumbnailProps, 'fileKey' | 'size'>) {
  const extension = fileExtension(fileKey)
  return (
    <>
      <Icon name={fileIcon(extension)} size={iconSizes[size]} />
      <span className="visually-hidden">{originalFileName(fileKey)}</span>
      {extension && (
        <span className={styles.extension} aria-hidden="true">
          {extension.slice(0, 5)}
        </span>
      )}
    </>
  )
}

function getSources(size: ImageThumbnailProps['size'], getAddress: (width: ThumbnailWidth) => string) {
  const { widths, sizes } = SOURCES[size]
  return {
    src: getAddress(widths[0]),
    srcSet: widths.map((width) => `${getAddress(width)} ${width}w`).join(', '),
    sizes,
  }
}

/**
 * What a browser may choose from, by the screen's pixels. The width it is told is larger than the frame: what is cut to a
 * square is wider than it shows, where the image lies across.
 */
const SOURCES: Record<
  ImageThumbnailProps['size'],
  { sizes: string; widths: readonly [ThumbnailWidth, ...ThumbnailWidth[]] }
> = {
  s: { sizes: '80px', widths: [160, 320] },
  m: { sizes: '110px', widths: [160, 320] },
  l: { sizes: '320px', widths: [320, 640, 1280] },
}

const iconSizes = { s: 14, m: 22, l: 40 } as const

const playSizes = { s: 8, m: 12, l: 18 } as const
