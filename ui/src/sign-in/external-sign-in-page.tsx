import { Button } from '../components/button.tsx'
import { pageConfig } from '../page-config.ts'
import { SiteMark } from '../shell/site-name.tsx'
import styles from './sign-in-page.module.css'

export interface ExternalSignInPageProps {
  onRetry: () => void
  isBusy: boolean
}

/** For admins that leave signing in to the application around them: there is no form to show. */
export function ExternalSignInPage({ onRetry, isBusy }: ExternalSignInPageProps) {
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <SiteMark size={40} />
        <h1 className={styles.title}>You are not signed in</h1>
        <p className={styles.text}>
          {pageConfig.siteName} uses the account of the application it belongs to. Sign in there with an account that
          may use the admin, then come back to this page.
        </p>
        <Button variant="primary" icon="refresh" isBusy={isBusy} onClick={onRetry}>
          I have signed in
        </Button>
      </div>
    </main>
  )
}
