import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type FileLocation, givePicture } from '../api.ts'
import { fileExtension, isFilm } from '../components/file-name.ts'
import { rememberPreview } from '../queries.ts'
import { useSession } from '../sign-in/session-context.ts'

/** Gives files the pictures by which they are recognised. */
export interface PictureGiver {
  /** A file that was just uploaded: its picture is made of what is on the person's disk. */
  giveUploaded: (stored: FileLocation, file: File) => void
  /** A file of which `make` knows a picture. */
  give: (stored: FileLocation, make: () => Promise<Blob | null>) => void
}

interface Gift {
  stored: FileLocation
  make: () => Promise<Blob | null>
}

/** `null` where no pictures are taken. */
export function usePictureGiver(): PictureGiver | null {
  const { takesPictures, readOnly } = useSession()
  const queryClient = useQueryClient()
  // Without a picture the file is shown by its kind, as before: nobody has asked for it, and nobody is told.
  const { mutate } = useMutation({
    // One after another: it takes the processor that the person works with.
    scope: { id: 'pictures' },
    mutationFn: async ({ stored, make }: Gift) => {
      const picture = await make()
      return picture === null ? null : await givePicture(stored, picture)
    },
    onSuccess: (preview, { stored }) => rememberPreview(queryClient, stored, preview),
  })
  return useMemo(() => {
    if (!takesPictures || readOnly) return null
    const give: PictureGiver['give'] = (stored, make) => mutate({ stored, make })
    return {
      give,
      giveUploaded: (stored, file) => {
        const make = makerOf(stored.fileKey)
        if (make !== null) give(stored, () => make(file))
      },
    }
  }, [takesPictures, readOnly, mutate])
}

function makerOf(fileKey: string): ((file: File) => Promise<Blob | null>) | null {
  if (isFilm(fileKey)) return async (file) => (await import('./film-picture.ts')).pictureOfFilm(file)
  if (fileExtension(fileKey) === 'pdf') return async (file) => (await import('./pdf-picture.ts')).pictureOfPdfFile(file)
  return null
}
