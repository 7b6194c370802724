import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import styles from './password-form.module.css'

export interface PasswordFormProps {
  onSubmit: (password: string) => void
  wasWrong: boolean
}

/** For a PDF that is locked. The password goes to pdf.js in this page, not to the server. */
export function PasswordForm({ onSubmit, wasWrong }: PasswordFormProps) {
  const [password, setPassword] = useState('')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(password)
      }}
    >
      <label className={styles.label}>
        This PDF is locked. Its password:
        <input
          className={styles.box}
          type="password"
          autoComplete="off"
          value={password}
          aria-invalid={wasWrong}
          aria-describedby={wasWrong ? 'pdf-password-error' : undefined}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </label>
      {wasWrong && (
        <p id="pdf-password-error" className={styles.error} role="alert">
          That is not the password of this file.
        </p>
      )}
      <Button type="submit" variant="primary">
        Open
      </Button>
    </form>
  )
}
