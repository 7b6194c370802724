import { useEffect } from 'react'
import { pageConfig } from '../page-config.ts'

/** Names the browser's tab after the screen: `Movies · Vitrine`. */
export function useDocumentTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · ${pageConfig.siteName}` : pageConfig.siteName
  }, [title])
}
