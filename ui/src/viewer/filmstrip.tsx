import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { originalFileName } from '../components/file-name.ts'
import type { ViewerFile } from './viewer-file.ts'
import styles from './filmstrip.module.css'

/** The width of a frame and the space after it, in pixels. */
const FRAME_WIDTH = 60

export interface FilmstripProps {
  files: readonly ViewerFile[]
  index: number
  onShow: (index: number) => void
}

/** All files at a glance. Only those in sight are built: a table's list has hundreds. */
export function Filmstrip({ files, index, onShow }: FilmstripProps) {
  const strip = useRef<HTMLElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- it matters to the React Compiler only, which is not used
  const virtualizer = useVirtualizer({
    count: files.length,
    getScrollElement: () => strip.current,
    estimateSize: () => FRAME_WIDTH,
    horizontal: true,
    overscan: 4,
  })
  useEffect(() => {
    virtualizer.scrollToIndex(index, { align: 'center' })
  }, [index, virtualizer])

  return (
    <nav ref={strip} className={styles.strip} aria-label="Files" data-own-gestures>
      <ul className={styles.track} style={{ width: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index: at, start }) => {
          const file = files[at]
          if (file === undefined) return null
          return (
            <li key={at} className={styles.frame} style={{ translate: `${start}px` }}>
              <button
                type="button"
                className={styles.button}
                aria-label={`Show ${originalFileName(file.fileKey)}`}
                aria-current={at === index}
                // One stop for the Tab key; the arrow keys do the walking.
                tabIndex={at === index ? 0 : -1}
                onClick={() => onShow(at)}
              >
                <FileThumbnail {...file} size="m" />
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
