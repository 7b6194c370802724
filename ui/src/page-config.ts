import type { PageConfig } from '../../src/contract/session.ts'

/** What the page assumes where it is served without a server's word. */
const defaultPageConfig: PageConfig = {
  basePath: '',
  siteName: 'Vitrine',
  accentColor: null,
  logoUrl: null,
  signIn: 'password',
  locale: 'en',
}

/** What the server wrote into the page: where the admin is mounted, what the site is called, how people sign in. */
export const pageConfig: PageConfig = readPageConfig()

/** Puts the site's colour and name in place. Called once, before the first paint. */
export function applyPageConfig(): void {
  document.title = pageConfig.siteName
  if (pageConfig.accentColor && CSS.supports('color', pageConfig.accentColor)) {
    document.documentElement.style.setProperty('--accent', pageConfig.accentColor)
  }
}

function readPageConfig(): PageConfig {
  // Unit tests have no document.
  const element = typeof document === 'undefined' ? null : document.querySelector('#vitrine-config')
  const text = element?.textContent?.trim() ?? ''
  return { ...defaultPageConfig, ...parsePageConfig(text) }
}

/** The development server leaves the element empty, and the page must still come up. */
function parsePageConfig(text: string): Partial<PageConfig> {
  if (!text.startsWith('{')) return {}
  const config: unknown = JSON.parse(text)
  return isPageConfig(config) ? config : {}
}

function isPageConfig(config: unknown): config is PageConfig {
  return typeof config === 'object' && config !== null && 'basePath' in config && 'siteName' in config
}
