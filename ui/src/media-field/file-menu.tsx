import { useState } from 'react'
import { fileUrl } from '../api.ts'
import { IconButton } from '../components/icon-button.tsx'
import { Menu, MenuItem } from '../components/menu.tsx'
import { FileKeyDialog } from './file-key-dialog.tsx'
import { useMediaFieldControls } from './media-field-context.ts'

export interface FileMenuProps {
  entryId: string
  fileKey: string
  name: string
  isMissing: boolean
  /** The place among the files of an array; `null` where there is no order. */
  position: { isFirst: boolean; isLast: boolean } | null
  variant?: 'quiet' | 'overlay'
}

/** What can be done with one file, beyond looking at it. */
export function FileMenu({ entryId, fileKey, name, isMissing, position, variant = 'quiet' }: FileMenuProps) {
  const { table, column, isReadOnly, view, replace, move, remove } = useMediaFieldControls()
  const [isKeyShown, setIsKeyShown] = useState(false)
  const download = () => {
    const link = document.createElement('a')
    link.href = fileUrl({ table, column: column.name, fileKey }, { download: true })
    link.download = name
    link.click()
  }
  return (
    <>
      <Menu
        label={`Actions for ${name}`}
        trigger={
          <IconButton
            icon="more"
            size={variant === 'overlay' ? 's' : 'm'}
            variant={variant}
            label={`More actions for ${name}`}
          />
        }
      >
        {!isMissing && <MenuItem icon="eye" label="View" onAction={() => view(fileKey)} />}
        {!isMissing && <MenuItem icon="download" label="Download" onAction={download} />}
        {!isReadOnly && <MenuItem icon="upload" label="Replace" onAction={() => replace(entryId)} />}
        {!isReadOnly && position && (
          <>
            <MenuItem
              icon="arrow-left"
              label="Move earlier"
              isDisabled={position.isFirst}
              onAction={() => move(entryId, 'earlier')}
            />
            <MenuItem
              icon="arrow-right"
              label="Move later"
              isDisabled={position.isLast}
              onAction={() => move(entryId, 'later')}
            />
          </>
        )}
        <MenuItem icon="key" label="Show file key" onAction={() => setIsKeyShown(true)} />
        {!isReadOnly && <MenuItem icon="trash" tone="danger" label="Remove" onAction={() => remove(entryId)} />}
      </Menu>
      {isKeyShown && <FileKeyDialog fileKey={fileKey} name={name} onClose={() => setIsKeyShown(false)} />}
    </>
  )
}
