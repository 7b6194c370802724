import { lazy } from 'react'
import type { ComponentType, LazyExoticComponent } from 'react'
import { fileExtension } from '../components/file-name.ts'
import type { ViewerProperties } from './viewer-properties.ts'

export interface Viewer {
  Component: LazyExoticComponent<ComponentType<ViewerProperties>>
  /** Fetches the viewer's code ahead of its use. */
  preload: () => void
  /** What its keys do, for the list of shortcuts. */
  shortcuts: readonly Shortcut[]
  /** `media` fills the stage; a `document` leaves room at its sides, because there is something to press at its edges. */
  shape: 'media' | 'document'
}

export interface Shortcut {
  keys: string
  action: string
}

interface ViewerEntry extends Viewer {
  /** Lower-case, without the dot. They decide before the content type does. */
  extensions: readonly string[]
  /** Media types, or the beginning of them. */
  contentTypes: readonly string[]
}

const zoomShortcuts: readonly Shortcut[] = [
  { keys: '+ and −', action: 'Zoom in and out' },
  { keys: '0', action: 'Fit' },
  { keys: '1', action: '100 %' },
  { keys: 'R', action: 'Rotate' },
]

const playShortcuts: readonly Shortcut[] = [
  { keys: 'Space or K', action: 'Play or pause' },
  { keys: '← →', action: 'Back and forward 5 seconds' },
  { keys: 'J and L', action: 'Back and forward 10 seconds' },
  { keys: '↑ ↓', action: 'Volume' },
  { keys: 'M', action: 'Mute' },
]

const TEXT_EXTENSIONS: readonly string[] = [
  ['txt', 'log', 'srt', 'vtt', 'env'],
  ['json', 'jsonl', 'ndjson', 'geojson', 'xml', 'html', 'htm', 'yml', 'yaml', 'toml', 'ini', 'conf', 'properties'],
  ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'css', 'scss', 'less', 'vue', 'sql', 'py', 'rb', 'go'],
  ['rs', 'java', 'kt', 'c', 'h', 'cpp', 'hpp', 'cc', 'php', 'sh', 'bash'],
].flat()

/** Every viewer. To add one, write its file and a line here; the first line that matches is taken. */
const viewers: readonly ViewerEntry[] = [
  entry(async () => (await import('./image-viewer.tsx')).ImageViewer, {
    shape: 'media',
    extensions: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'svg', 'avif', 'bmp', 'ico'],
    contentTypes: ['image/'],
    shortcuts: zoomShortcuts,
  }),
  entry(async () => (await import('./video-viewer.tsx')).VideoViewer, {
    shape: 'media',
    extensions: ['mp4', 'm4v', 'webm', 'mov', 'ogv'],
    contentTypes: ['video/'],
    shortcuts: [...playShortcuts, { keys: 'F', action: 'Full screen' }],
  }),
  entry(async () => (await import('./audio-viewer.tsx')).AudioViewer, {
    shape: 'media',
    extensions: ['mp3', 'wav', 'ogg', 'oga', 'm4a', 'flac', 'aac', 'opus'],
    contentTypes: ['audio/'],
    shortcuts: playShortcuts,
  }),
  entry(async () => (await import('./pdf-viewer.tsx')).PdfViewer, {
    shape: 'document',
    extensions: ['pdf'],
    contentTypes: ['application/pdf'],
    shortcuts: [
      { keys: '+ and −', action: 'Zoom in and out' },
      { keys: '0', action: 'Fit the width' },
      { keys: 'R', action: 'Rotate' },
      { keys: 'Ctrl F or /', action: 'Search' },
      { keys: 'Page Up, Page Down', action: 'Page before and after' },
    ],
  }),
  entry(async () => (await import('./table-viewer.tsx')).TableViewer, {
    shape: 'document',
    extensions: ['csv', 'tsv'],
    contentTypes: ['text/csv', 'text/tab-separated-values'],
    shortcuts: [
      { keys: 'Arrow keys', action: 'Move between cells' },
      { keys: 'Ctrl Home, Ctrl End', action: 'First and last row' },
    ],
  }),
  entry(async () => (await import('./markdown-viewer.tsx')).MarkdownViewer, {
    shape: 'document',
    extensions: ['md', 'markdown'],
    contentTypes: ['text/markdown'],
    shortcuts: [],
  }),
  entry(async () => (await import('./rtf-viewer.tsx')).RtfViewer, {
    shape: 'document',
    extensions: ['rtf'],
    contentTypes: ['application/rtf', 'text/rtf'],
    shortcuts: [],
  }),
  entry(async () => (await import('./text-viewer.tsx')).TextViewer, {
    shape: 'document',
    extensions: TEXT_EXTENSIONS,
    contentTypes: ['text/plain', 'text/html', 'application/json', 'application/xml', 'text/xml'],
    shortcuts: [],
  }),
]

/** Says what a file is and shows its first bytes; the one to fall back on. */
export const otherViewer: Viewer = entry(async () => (await import('./other-viewer.tsx')).OtherViewer, {
  shape: 'media',
  extensions: [],
  contentTypes: [],
  shortcuts: [],
})

/** The viewer for a file. An extension that no viewer knows leaves the decision to the content type. */
export function findViewer(fileKey: string, contentType: string | null): Viewer {
  const extension = fileExtension(fileKey)
  const byExtension = viewers.find(({ extensions }) => extensions.includes(extension))
  if (byExtension !== undefined) return byExtension
  const type = contentType?.toLowerCase() ?? ''
  const byType = viewers.find(({ contentTypes }) => contentTypes.some((start) => type.startsWith(start)))
  return byType ?? otherViewer
}

function entry(
  load: () => Promise<ComponentType<ViewerProperties>>,
  details: Pick<ViewerEntry, 'extensions' | 'contentTypes' | 'shortcuts' | 'shape'>,
): ViewerEntry {
  return {
    ...details,
    Component: lazy(async () => ({ default: await load() })),
    // A failure shows when the viewer is opened.
    preload: () => void load().catch(() => {}),
  }
}
