import { PDFLinkService } from 'pdfjs-dist/web/pdf_viewer.mjs'

const SAFE_URL = /^(?:https?:|mailto:)/i

/** Links out of a PDF lead to web pages and mail addresses only, in a tab that knows nothing of the admin. */
export class SafeLinkService extends PDFLinkService {
  override addLinkAttributes(link: HTMLAnchorElement, url: string): void {
    if (!SAFE_URL.test(url)) {
      link.removeAttribute('href')
      link.title = `${url} cannot be opened from here.`
      return
    }
    link.href = url
    link.title = url
    link.target = '_blank'
    link.rel = 'noopener noreferrer nofollow'
  }

  /** The file asks for things such as printing or closing; only walking through the pages is granted. */
  override executeNamedAction(action: string): void {
    if (['NextPage', 'PrevPage', 'FirstPage', 'LastPage'].includes(action)) super.executeNamedAction(action)
  }
}
