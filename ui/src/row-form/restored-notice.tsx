import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import styles from './row-form.module.css'

/** The page came up with changes that were not saved before it was reloaded. */
export function RestoredNotice({ onDiscard }: { onDiscard: () => void }) {
  return (
    <output className={styles.notice}>
      <Icon name="info" />
      <p>Your unsaved changes from before are back.</p>
      <Button size="s" onClick={onDiscard}>
        Discard them
      </Button>
    </output>
  )
}
