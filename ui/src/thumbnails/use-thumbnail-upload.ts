import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type FileLocation, uploadThumbnail } from '../api.ts'
import { fileExtension, isVideo } from '../components/file-name.ts'
import { rememberPreview } from '../queries.ts'
import { useSession } from '../sign-in/session-context.ts'

/** Gives files the images by which they are recognised. */
export interface ThumbnailUpload {
  /** A file that was just uploaded: its image is made of what is on the person's disk. */
  passUploadedFile: (stored: FileLocation, file: File) => void
  /** A file of which `make` knows an image. */
  give: (stored: FileLocation, make: () => Promise<Blob | null>) => void
}

interface Gift {
  stored: FileLocation
  make: () => Promise<Blob | null>
}

/** `null` where no images are taken. */
export function useThumbnailUpload(): ThumbnailUpload | null {
  const { acceptsImages, readOnly } = useSession()
  const queryClient = useQueryClient()
  // Without an image the file is shown by its kind, as before: nobody has asked for it, and nobody is told.
  const { mutate } = useMutation({
    // One after another: it takes the processor that the person works with.
    scope: { id: 'pictures' },
    mutationFn: async ({ stored, make }: Gift) => {
      const image = await make()
      return image === null ? null : await uploadThumbnail(stored, image)
    },
    onSuccess: (preview, { stored }) => rememberPreview(queryClient, stored, preview),
  })
  return useMemo(() => {
    if (!acceptsImages || readOnly) return null
    const give: ThumbnailUpload['give'] = (stored, make) => mutate({ stored, make })
    return {
      give,
      passUploadedFile: (stored, file) => {
        const make = getThumbnailMaker(stored.fileKey)
        if (make !== null) give(stored, () => make(file))
      },
    }
  }, [acceptsImages, readOnly, mutate])
}

function getThumbnailMaker(fileKey: string): ((file: File) => Promise<Blob | null>) | null {
  if (isVideo(fileKey)) return async (file) => (await import('./video-frame.ts')).captureVideoFrame(file)
  if (fileExtension(fileKey) === 'pdf')
    return async (file) => (await import('./pdf-page-image.ts')).renderFirstPdfPage(file)
  return null
}
