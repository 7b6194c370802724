import createPurifier from 'dompurify'
import { Marked } from 'marked'

/**
 * Markdown as HTML that may stand in the page. HTML inside of it is shown as the text that it is. Images are named, not
 * fetched: one from elsewhere would tell a stranger that and when the file was opened. Then DOMPurify lets through only
 * what laid out text needs, and nothing that could imitate or cover the admin (forms, styles, frames, names).
 */
export function renderMarkdown(text: string): string {
  const marked = new Marked({
    gfm: true,
    renderer: {
      html: (token) => escapeHtml(token.text),
      image: (token) => escapeHtml(`🖼 ${token.text || token.href}`),
    },
  })
  const purifier = createPurifier(window)
  purifier.addHook('afterSanitizeAttributes', (element) => {
    if (element.tagName !== 'A') return
    element.setAttribute('target', '_blank')
    element.setAttribute('rel', 'noopener noreferrer nofollow')
  })
  return purifier.sanitize(marked.parse(text, { async: false }), {
    ALLOWED_TAGS: ALLOWED_TAGS.split(' '),
    ALLOWED_ATTR: ['href', 'title', 'align', 'start'],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  })
}

const ALLOWED_TAGS = 'p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code strong em del a table thead tbody tr th td'

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
