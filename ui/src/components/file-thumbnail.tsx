import { useState } from 'react'
import { type FileLocation, type ThumbnailWidth, thumbnailAddress } from '../api.ts'
import { classNames } from './class-names.ts'
import { fileExtension, hasThumbnail, mayBeTransparent, originalFileName } from './file-name.ts'
import { Icon } from './icon.tsx'
import { fileIcon } from './file-icon.ts'
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
 * A stored file at a glance: the picture itself, or the kind of file and its extension. Takes its space before the
 * picture is loaded. The name is the alternative text, so a button around it needs no other label.
 */
export function FileThumbnail({ table, column, fileKey, size = 's', className }: FileThumbnailProps) {
  const frame = classNames(styles.frame, styles[size], className)
  if (!hasThumbnail(fileKey)) return <FileSymbol fileKey={fileKey} size={size} className={frame} />
  // The key makes a new file forget that the one before it was broken.
  return <Picture key={fileKey} file={{ table, column, fileKey }} fileKey={fileKey} size={size} className={frame} />
}

interface PictureProps {
  file: FileLocation
  fileKey: string
  size: 's' | 'm' | 'l'
  className: string
}

function Picture({ file, fileKey, size, className }: PictureProps) {
  const [state, setState] = useState<'loading' | 'loaded' | 'broken'>('loading')
  const name = originalFileName(fileKey)
  if (state === 'broken') {
    return (
      <span className={classNames(className, styles.symbol, styles.broken)} title={`${name} cannot be shown`}>
        <Icon name="image-broken" size={iconSizes[size]} />
        <span className="visually-hidden">{name}, cannot be shown</span>
      </span>
    )
  }
  return (
    <span className={classNames(className, state === 'loaded' && mayBeTransparent(fileKey) && styles.checkered)}>
      <img
        className={styles.picture}
        src={thumbnailAddress(file, SOURCES[size].widths[0])}
        srcSet={SOURCES[size].widths.map((width) => `${thumbnailAddress(file, width)} ${width}w`).join(', ')}
        sizes={SOURCES[size].sizes}
        alt={name}
        loading="lazy"
        decoding="async"
        draggable={false}
        data-loaded={state === 'loaded'}
        onLoad={() => setState('loaded')}
        onError={() => setState('broken')}
      />
    </span>
  )
}

function FileSymbol({ fileKey, size, className }: Omit<PictureProps, 'file'>) {
  const extension = fileExtension(fileKey)
  return (
    <span className={classNames(className, styles.symbol)}>
      <Icon name={fileIcon(extension)} size={iconSizes[size]} />
      <span className="visually-hidden">{originalFileName(fileKey)}</span>
      {extension && (
        <span className={styles.extension} aria-hidden="true">
          {extension.slice(0, 5)}
        </span>
      )}
    </span>
  )
}

/**
 * What a browser may choose from, by the screen's pixels. The width it is told is larger than the frame: what is cut to a
 * square is wider than it shows, where the picture lies across.
 */
const SOURCES: Record<PictureProps['size'], { sizes: string; widths: readonly [ThumbnailWidth, ...ThumbnailWidth[]] }> =
  {
    s: { sizes: '80px', widths: [160, 320] },
    m: { sizes: '110px', widths: [160, 320] },
    l: { sizes: '320px', widths: [320, 640, 1280] },
  }

const iconSizes = { s: 14, m: 22, l: 40 } as const
