import { pageConfig } from '../page-config.ts'
import { SiteMark } from '../shell/site-name.tsx'
import { SignInForm } from './sign-in-form.tsx'
import styles from './sign-in-page.module.css'

export function SignInPage({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <SiteMark size={40} />
        <h1 className={styles.title}>Sign in to {pageConfig.siteName}</h1>
        <SignInForm onSignedIn={onSignedIn} />
      </div>
    </main>
  )
}
