import { useState } from 'react'
import { focusOnMount } from '../components/focus-on-mount.ts'
import { IconButton } from '../components/icon-button.tsx'
import { TextField } from '../components/text-field.tsx'
import styles from './sign-in-form.module.css'

/** The password, with a way to look at what was typed. `isFirst`: nothing stands before it to be filled in. */
export function PasswordField({ isFirst }: { isFirst: boolean }) {
  const [isShown, setIsShown] = useState(false)
  return (
    <div className={styles.password}>
      <TextField
        label="Password"
        name="password"
        type={isShown ? 'text' : 'password'}
        autoComplete="current-password"
        required
        ref={isFirst ? focusOnMount : null}
      />
      <IconButton
        icon={isShown ? 'eye-off' : 'eye'}
        label={isShown ? 'Hide the password' : 'Show the password'}
        className={styles.reveal}
        onClick={() => setIsShown(!isShown)}
      />
    </div>
  )
}
