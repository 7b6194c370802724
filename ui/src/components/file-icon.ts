import type { IconName } from './icon.tsx'

/** The icon for a kind of file, by its extension. */
export function fileIcon(extension: string): IconName {
  return iconsByExtension.get(extension) ?? 'file'
}

const kinds: { icon: IconName; extensions: string }[] = [
  { icon: 'audio', extensions: 'mp3 wav ogg oga m4a flac aac opus' },
  { icon: 'video', extensions: 'mp4 webm mov m4v avi mkv ogv' },
  { icon: 'image', extensions: 'jpg jpeg png gif webp svg avif tif tiff bmp heic ico' },
  { icon: 'sheet', extensions: 'csv tsv xls xlsx ods' },
  { icon: 'document', extensions: 'pdf txt rtf doc docx odt md json xml html log yaml yml' },
  { icon: 'archive', extensions: 'zip gz tar tgz 7z rar bz2 xz zst' },
  { icon: 'font', extensions: 'ttf otf woff woff2' },
  { icon: 'box', extensions: 'glb gltf obj stl usdz' },
]

const iconsByExtension = new Map<string, IconName>(
  kinds.flatMap(({ icon, extensions }) =>
    extensions.split(' ').map((extension): [string, IconName] => [extension, icon]),
  ),
)
