import { Link } from 'wouter'
import { firstLetter } from '../components/first-letter.ts'
import { pageConfig } from '../page-config.ts'
import styles from './site-name.module.css'

/** The site's logo, or its first letter, and its name; leads to the first table. */
export function SiteName() {
  return (
    <Link href="/" className={styles.site}>
      <SiteMark />
      <span className={styles.name}>{pageConfig.siteName}</span>
    </Link>
  )
}

export function SiteMark({ size = 24 }: { size?: number }) {
  if (pageConfig.logoUrl) {
    return <img className={styles.logo} src={pageConfig.logoUrl} alt="" width={size} height={size} />
  }
  return (
    <span className={styles.mark} style={{ width: size, height: size, fontSize: size * 0.54 }} aria-hidden="true">
      {firstLetter(pageConfig.siteName)}
    </span>
  )
}
