/** Whether the library in dist is newer than each of its sources. */
export function isLibraryBuilt(): boolean

/** Whether that is so, and the same of the page. */
export function isBuilt(): boolean
