/** Where a file, or a run, stands in the trash of all media columns. */
export interface TrashPosition {
  runId: string
  table: string
  column: string
  /** Empty for a run. */
  fileKey: string
}

/** Last run first: the name of a run starts with its time. */
export function comparePositions(one: TrashPosition, other: TrashPosition): number {
  return (
    byCodeUnit(other.runId, one.runId) ||
    byCodeUnit(one.table, other.table) ||
    byCodeUnit(one.column, other.column) ||
    byCodeUnit(one.fileKey, other.fileKey)
  )
}

function byCodeUnit(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
