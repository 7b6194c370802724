import { useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Header } from 'react-aria-components/Header'
import { Input } from 'react-aria-components/Input'
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { TextField } from 'react-aria-components/TextField'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { focusOnMount } from '../components/focus-on-mount.ts'
import { Icon } from '../components/icon.tsx'
import { usePaletteSections } from './palette-sections.ts'
import type { PaletteCommand } from './palette-sections.ts'
import styles from './command-palette.module.css'
import { usePaletteResult } from './use-palette-result.ts'

export interface CommandPaletteProps {
  /** What was typed before it was there. */
  initialText: string
  /** Enter was pressed as well: the first result is meant. */
  isResponded: boolean
  onClose: () => void
}

/** Everything by name: a table, a row of the table at hand, an action. */
export function CommandPalette({ initialText, isResponded, onClose }: CommandPaletteProps) {
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={onClose} className={styles.overlay ?? ''}>
      <Modal className={styles.palette ?? ''}>
        <Dialog className={styles.dialog ?? ''} aria-label="Command palette">
          <Palette initialText={initialText} isResponded={isResponded} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Palette({ initialText, isResponded, onClose }: CommandPaletteProps) {
  const [text, setText] = useState(initialText)
  const { sections, isSearching, isFirstKnown, hint } = usePaletteSections(text)
  const run = (command: PaletteCommand) => {
    onClose()
    command.run()
  }
  const response = usePaletteResult({ isResponded, first: sections[0]?.commands[0], isFirstKnown, run })
  const type = (typed: string) => {
    response.forget()
    setText(typed)
  }
  return (
    <Autocomplete inputValue={text} onInputChange={type}>
      <TextField className={styles.search ?? ''} aria-label={hint}>
        <Icon name={isSearching ? 'spinner' : 'search'} className={isSearching ? styles.spinner : styles.magnifier} />
        <Input
          ref={focusOnMount}
          className={styles.input ?? ''}
          placeholder={hint}
          onKeyDownCapture={response.onKeyDownCapture}
        />
        <kbd className={styles.key}>Esc</kbd>
      </TextField>
      <Menu
        className={styles.menu ?? ''}
        aria-label="Results"
        renderEmptyState={() => (
          <p className={styles.nothing}>{isSearching ? 'Searching…' : `Nothing is called “${text}”.`}</p>
        )}
      >
        {sections.map((section) => (
          <MenuSection key={section.title} id={section.title} className={styles.section ?? ''}>
            <Header className={styles.heading ?? ''}>{section.title}</Header>
            {section.commands.map((command) => (
              <MenuItem
                key={command.id}
                id={command.id}
                textValue={command.label}
                className={styles.command ?? ''}
                onAction={() => run(command)}
              >
                <span className={styles.symbol}>
                  {command.file ? (
                    <FileThumbnail {...command.file} className={styles.picture ?? ''} />
                  ) : (
                    <Icon name={command.icon} />
                  )}
                </span>
                <span className={styles.label}>{command.label}</span>
                <Icon name="enter" size={14} className={styles.enter} />
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
    </Autocomplete>
  )
}
