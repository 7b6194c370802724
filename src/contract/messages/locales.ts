/**
 * A language of the page, as a BCP 47 tag. `en-XB` is a pseudo-locale for tests: English made longer and accented, between
 * brackets, in a layout from right to left. A sentence that is missing from the catalogue stands out in it.
 */
export type PageLocale = 'en' | typeof PSEUDO_LOCALE

export const PSEUDO_LOCALE = 'en-XB'

/** Languages the page can be shown in. */
export const PAGE_LOCALES: readonly PageLocale[] = ['en', PSEUDO_LOCALE]

/** The direction of a language, for `<html dir>`. */
export function getTextDirection(locale: PageLocale): 'ltr' | 'rtl' {
  return locale === PSEUDO_LOCALE ? 'rtl' : 'ltr'
}
