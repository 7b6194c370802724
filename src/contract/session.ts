import type { PageLocale } from './messages/locales.ts'

/** `GET /api/session` */
export interface SessionResponse {
  user: SessionUser
  /** Nothing can be changed; media can be seen. */
  readOnly: boolean
  /** Files may be given by their address, and the server fetches them. */
  uploadFromUrl: boolean
  /** Videos and documents may be given an image, from which their thumbnails are made. */
  acceptsImages: boolean
}

export interface SessionUser {
  id: string
  name: string
  email: string
}

/**
 * What the page must know before its first request: JSON in the element `#vitrine-config` of the admin's HTML.
 */
export interface PageConfig {
  /** The path the admin is mounted at, without a closing slash: `''` or `/admin`. */
  basePath: string
  siteName: string
  /** A CSS colour. `null` for the default. */
  accentColor: string | null
  logoUrl: string | null
  /** `password`: the admin's own sign-in page. `external`: the application signs people in. */
  signIn: 'password' | 'external'
  /** The language of the page. */
  locale: PageLocale
}
