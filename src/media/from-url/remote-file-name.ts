import { getExtension, getExtensionForType } from '../../storage/keys/file-types.ts'

/** A name for a file that is known by its address and type. The rules for names are the storage's to apply. */
export function getFileName(url: URL, contentType: string | undefined): string {
  const name = decoded(url.pathname.split('/').at(-1) ?? '') || url.hostname.replaceAll('.', '-')
  if (getExtension(name) !== null) return name
  const extension = getExtensionForType(contentType ?? '')
  return extension === null ? name : `${name}.${extension}`
}

function decoded(component: string): string {
  try {
    return decodeURIComponent(component)
  } catch (error) {
    if (error instanceof URIError) return component
    throw error
  }
}
