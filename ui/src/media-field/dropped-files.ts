/** What systems keep in folders for themselves, and nobody means to upload. */
const SYSTEM_FILE = /^(?:\.|Thumbs\.db$|desktop\.ini$)/i

/**
 * The files that were dropped, those in folders and in folders of these included, in the order of their paths. To be called
 * while the event is handled: what was dropped cannot be read later.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const files = [...transfer.files]
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (!entries.some(({ isDirectory }) => isDirectory)) return files
  return (await Promise.all(entries.map(getFiles))).flat()
}

async function getFiles(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))]
  if (!isFolder(entry)) return []
  const children = (await getChildren(entry)).filter(({ name }) => !SYSTEM_FILE.test(name))
  const inOrder = children.toSorted((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }))
  const files: File[] = []
  for (const child of inOrder) files.push(...(await getFiles(child)))
  return files
}

/** A reader gives a hundred or so at a time, and none when it is done. */
async function getChildren(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return children
    children.push(...some)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
