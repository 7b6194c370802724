import DOMPurify from 'dompurify'
import { marked } from 'marked'

/**
 * Markdown as HTML that may stand in the page. What a user uploads must not run, and must not call out either: pictures
 * from elsewhere would tell a stranger that and when the file was opened, so they are left out, and so is everything
 * that could imitate the admin (forms, styles, frames).
 */
export function renderMarkdown(text: string): string {
  const html = marked.parse(text, { async: false, gfm: true })
  const purify = DOMPurify(window)
  purify.addHook('afterSanitizeAttributes', (element) => {
    if (element.tagName !== 'A') return
    element.setAttribute('target', '_blank')
    element.setAttribute('rel', 'noopener noreferrer nofollow')
  })
  return purify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: [
      'img',
      'picture',
      'source',
      'video',
      'audio',
      'track',
      'style',
      'form',
      'input',
      'button',
      'textarea',
      'select',
      'dialog',
      'map',
      'area',
    ],
    FORBID_ATTR: [
      'style',
      'class',
      'id',
      'name',
      'background',
      'ping',
      'is',
      'slot',
      'part',
      'tabindex',
      'accesskey',
      'popover',
      'popovertarget',
    ],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  })
}
