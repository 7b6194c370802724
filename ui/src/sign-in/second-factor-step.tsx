import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { focusOnMount } from '../components/focus-on-mount.ts'
import { TextField } from '../components/text-field.tsx'
import { secondFactorProblem } from './sign-in-problem.ts'
import styles from './sign-in-form.module.css'

export interface SecondFactorStepProps {
  onSubmit: (code: string) => Promise<void>
  onBack: () => void
}

export function SecondFactorStep({ onSubmit, onBack }: SecondFactorStepProps) {
  const [code, setCode] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const submit = async () => {
    setIsBusy(true)
    setProblem(null)
    try {
      await onSubmit(code.replaceAll(/\s/g, ''))
    } catch (error) {
      setProblem(secondFactorProblem(error))
      setCode('')
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <form
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
        label="Code"
        hint="The six digits that your authenticator app shows now."
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        ref={focusOnMount}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" variant="primary" isBusy={isBusy} className={styles.submit}>
        Continue
      </Button>
      <Button variant="quiet" icon="arrow-left" onClick={onBack}>
        Use another account
      </Button>
    </form>
  )
}
