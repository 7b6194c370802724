import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import styles from './file-key-dialog.module.css'

/** The key that stands in the database, for those who ask. */
export function FileKeyDialog({ fileKey, name, onClose }: { fileKey: string; name: string; onClose: () => void }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(fileKey)
      setCopied('yes')
    } catch {
      // Without HTTPS, or by policy: the text below can still be selected.
      setCopied('refused')
    }
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`File key of ${name}`}
      footer={
        <Button variant="primary" icon={copied === 'yes' ? 'check' : 'copy'} onClick={() => void copy()}>
          {copied === 'yes' ? 'Copied' : 'Copy key'}
        </Button>
      }
    >
      <code className={styles.key}>{fileKey}</code>
      <output className={styles.note}>
        {copied === 'refused' ? 'The browser does not allow copying here. Select the key and copy it yourself.' : ''}
      </output>
    </Dialog>
  )
}
