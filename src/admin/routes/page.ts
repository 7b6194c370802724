import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { getTextDirection } from '../../contract/messages/locales.ts'
import type { PageConfig } from '../../contract/session.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { errorResponse } from '../http-error.ts'
import { findPageAssets, readPageHtml } from '../page-assets.ts'

/** The web page: its built files, and its HTML at every other path, since the page finds its way by the path itself. */
export function pageRoutes(config: PageConfig): Hono<AdminEnv> {
  const assets = findPageAssets()
  const html = withConfig(readPageHtml(), config)

  return new Hono<AdminEnv>()
    .get('/assets/*', async (context) => {
      const asset = assets.get(context.req.path.slice(1))
      if (asset === undefined) return errorResponse('NOT_FOUND', 'There is nothing at this address.')
      const takesBrotli = /\bbr\b/.test(context.req.header('accept-encoding') ?? '')
      const isCompressed = takesBrotli && asset.compressedPath !== null
      return context.body(await readFile((isCompressed ? asset.compressedPath : null) ?? asset.path), 200, {
        'Content-Type': asset.contentType,
        // The name holds a hash of the content, so that what is under it never changes.
        'Cache-Control': 'public, max-age=31536000, immutable',
        Vary: 'Accept-Encoding',
        ...(isCompressed ? { 'Content-Encoding': 'br' } : {}),
      })
    })
    .get('*', (context) => context.html(html, 200, { 'Cache-Control': 'no-cache' }))
}

/** Attack: a site name with `</script>` in it would end the element early and begin one of its own. */
function withConfig(html: string, config: PageConfig): string {
  const json = JSON.stringify(config).replaceAll('<', '\\u003c')
  const base = `<base href="${config.basePath.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}/" />`
  return html
    .replace('<html lang="en">', `<html lang="${config.locale}" dir="${getTextDirection(config.locale)}">`)
    .replace('<head>', () => `<head>\n    ${base}`)
    .replace(
      /(<script type="application\/json" id="vitrine-config">)(<\/script>)/,
      (_, open: string, close: string) => open + json + close,
    )
}
