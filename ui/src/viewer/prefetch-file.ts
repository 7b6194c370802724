import type { QueryClient } from '@tanstack/react-query'
import { fileUrl } from '../api.ts'
import { isImage, isVector } from '../components/file-name.ts'
import { fileInformationQuery } from '../queries.ts'
import { findViewer } from '../viewers/viewer-map.ts'
import type { ViewerFile } from './viewer-file.ts'

/** Gets ready what the next step will need: the viewer's code, what the panel says, and an image's bytes. */
export function prefetchFile(file: ViewerFile, queryClient: QueryClient): void {
  findViewer(file.fileKey, null).preload()
  void queryClient.prefetchQuery(fileInformationQuery(file))
  // Other kinds are fetched in parts, by what is looked at; and a drawing is drawn by who opens it only.
  if (isImage(file.fileKey) && !isVector(file.fileKey)) new Image().src = fileUrl(file)
}
