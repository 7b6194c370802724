import { useState } from 'react'
import { fileAddress } from '../api.ts'
import { classNames } from './class-names.ts'
import { fileExtension, isPicture, mayBeTransparent, originalFileName } from './file-name.ts'
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
  if (!isPicture(fileKey)) return <FileSymbol fileKey={fileKey} size={size} className={frame} />
  // The key makes a new file forget that the one before it was broken.
  return (
    <Picture
      key={fileKey}
      address={fileAddress({ table, column, fileKey })}
      fileKey={fileKey}
      size={size}
      className={frame}
    />
  )
}

interface PictureProps {
  address: string
  fileKey: string
  size: 's' | 'm' | 'l'
  className: string
}

function Picture({ address, fileKey, size, className }: PictureProps) {
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
        src={address}
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

function FileSymbol({ fileKey, size, className }: Omit<PictureProps, 'address'>) {
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

const iconSizes = { s: 14, m: 22, l: 40 } as const
