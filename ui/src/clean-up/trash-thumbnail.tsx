import { useState } from 'react'
import type { TrashedFile } from '../../../src/contract/trash.ts'
import { fileIcon } from '../components/file-icon.ts'
import { fileExtension, hasThumbnail } from '../components/file-name.ts'
import { Icon } from '../components/icon.tsx'
import { trashThumbnailUrl } from './trash-api.ts'
import styles from './trash-page.module.css'

/** A small image of a file in the trash, or the icon of its kind. */
export function TrashThumbnail({ file }: { file: TrashedFile }) {
  const [isBroken, setIsBroken] = useState(false)
  const hasImage = (hasThumbnail(file.fileKey) || file.preview !== null) && !isBroken
  return (
    <span className={styles.image}>
      {hasImage ? (
        <img src={trashThumbnailUrl(file)} alt="" loading="lazy" decoding="async" onError={() => setIsBroken(true)} />
      ) : (
        <Icon name={fileIcon(fileExtension(file.fileKey))} size={22} />
      )}
    </span>
  )
}
