import { useState } from 'react'
import { verifySecondFactor } from '../api.ts'
import { PasswordStep } from './password-step.tsx'
import { SecondFactorStep } from './second-factor-step.tsx'

export interface SignInFormProps {
  /** Awaited while the form stays busy, so that it does not come back to life for a moment. */
  onSignedIn: () => Promise<void>
  /** Who has to sign in again, when that is known. */
  email?: string
}

/** Name and password, then the code of the second factor for accounts that have one. */
export function SignInForm({ onSignedIn, email = '' }: SignInFormProps) {
  const [step, setStep] = useState<'password' | 'second-factor'>('password')
  if (step === 'second-factor') {
    return (
      <SecondFactorStep
        onBack={() => setStep('password')}
        onSubmit={async (code) => {
          await verifySecondFactor(code)
          await onSignedIn()
        }}
      />
    )
  }
  return <PasswordStep email={email} onSignedIn={onSignedIn} onSecondFactor={() => setStep('second-factor')} />
}
