import { useRef, useState } from 'react'
import { signIn } from '../api.ts'
import { Button } from '../components/button.tsx'
import { focusOnMount } from '../components/focus-on-mount.ts'
import { TextField } from '../components/text-field.tsx'
import { PasswordField } from './password-field.tsx'
import { signInProblem } from './sign-in-problem.ts'
import styles from './sign-in-form.module.css'

export interface SignInFormProps {
  /** Awaited while the form stays busy, so that it does not come back to life for a moment. */
  onSignedIn: () => Promise<void>
  /** Who has to sign in again, when that is known. */
  email?: string
}

export function SignInForm({ onSignedIn, email = '' }: SignInFormProps) {
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)

  const submit = async () => {
    if (!form.current) return
    const values = new FormData(form.current)
    setIsBusy(true)
    setProblem(null)
    try {
      await signIn(toText(values, 'email').trim(), toText(values, 'password'))
      await onSignedIn()
    } catch (error) {
      setProblem(signInProblem(error))
      form.current?.querySelector<HTMLInputElement>('input[name="password"]')?.select()
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void submit()
      }}
    >
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <TextField
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={email}
        ref={email === '' ? focusOnMount : null}
      />
      <PasswordField isFirst={email !== ''} />
      <Button type="submit" variant="primary" isBusy={isBusy} className={styles.submit}>
        Sign in
      </Button>
    </form>
  )
}

function toText(values: FormData, name: string): string {
  const value = values.get(name)
  return typeof value === 'string' ? value : ''
}
