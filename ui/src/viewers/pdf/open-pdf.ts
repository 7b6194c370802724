import { getDocument, GlobalWorkerOptions, ResponseException } from 'pdfjs-dist'
import type { PDFDocumentLoadingTask } from 'pdfjs-dist'
import { UrlError } from '../fetch-bytes.ts'
import { decoderFolder, PdfResources } from './pdf-resources.ts'

/** A page may hold an image of any declared size; larger ones than this, in pixels, are left out. */
const MAX_IMAGE_BYTES = 64 * 1024 * 1024
const CHUNK_SIZE = 256 * 1024

/**
 * Starts to read a PDF. Only the parts that are looked at are fetched. Nothing in the file runs: pdf.js is told not to
 * compile anything (CVE-2024-4367 was a font that did), forms of the XFA kind are off, and there is no sandbox for scripts.
 */
export function openPdf(source: { url: string } | { data: ArrayBuffer }): PDFDocumentLoadingTask {
  GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href
  return getDocument({
    ...source,
    isEvalSupported: false,
    enableXfa: false,
    // The page's CSP does not allow WebAssembly to be compiled.
    useWasm: false,
    wasmUrl: decoderFolder,
    useWorkerFetch: false,
    BinaryDataFactory: PdfResources,
    // The factory above finds the files by their names; pdf.js insists on addresses all the same.
    cMapUrl: 'cmaps/',
    standardFontDataUrl: 'standard_fonts/',
    disableAutoFetch: true,
    // With it, the whole file would be read ahead of the ranges that are asked for.
    disableStream: true,
    rangeChunkSize: CHUNK_SIZE,
    maxImageSize: MAX_IMAGE_BYTES,
    canvasMaxAreaInBytes: MAX_IMAGE_BYTES * 4,
    verbosity: 0,
  })
}

/** The failure in the words of the viewer: a refused address keeps its status, so that it can be renewed. */
export function pdfFailure(error: unknown): unknown {
  return error instanceof ResponseException && error.status > 0 ? new UrlError(error.status) : undefined
}
