import jpxDecoderUrl from 'pdfjs-dist/wasm/openjpeg_nowasm_fallback.js?url'

/**
 * Fonts and character maps that a PDF may name without containing them. Each is fetched only when a file needs it.
 * The names of the two folders cannot be parts of an address, because the build adds a hash to every file's name.
 */
const files: Record<string, string> = import.meta.glob(
  [
    '../../../../node_modules/pdfjs-dist/cmaps/*.bcmap',
    '../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
  ],
  { eager: true, query: '?url', import: 'default' },
)

const urls = new Map(Object.entries(files).map(([path, href]) => [path.split('/').at(-1), href]))

/** What pdf.js asks for such a file with. */
interface ResourceRequest {
  filename: string
}

export class PdfResources {
  async fetch({ filename }: ResourceRequest): Promise<Uint8Array> {
    const href = urls.get(filename)
    if (href === undefined) throw new Error(`The PDF asks for ${filename}, which is not part of the viewer.`)
    const response = await fetch(href)
    if (!response.ok) throw new Error(`${filename} could not be fetched: status ${response.status}.`)
    return new Uint8Array(await response.arrayBuffer())
  }
}

/**
 * Where the worker finds its decoder of JPEG 2000. It appends the file's name to this; the question mark makes that name a
 * query, which leaves the address that the build has given the file.
 */
export const decoderFolder = `${new URL(jpxDecoderUrl, import.meta.url).href}?file=/`
