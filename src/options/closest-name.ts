/** More changed letters than this are no typing mistake. */
const MAX_CHANGED_LETTERS = 2

/** The name that was probably meant; `null` when none is close. Case does not matter. */
export function closestName(name: string, names: readonly string[]): string | null {
  const ranked = names
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((one, other) => one.distance - other.distance)
  const [closest] = ranked
  return closest !== undefined && closest.distance <= MAX_CHANGED_LETTERS ? closest.candidate : null
}

/** How many letters must be inserted, removed or swapped with the next one; a replaced letter counts as two. */
function editDistance(one: string, other: string): number {
  const distances = new Map<string, number>()
  const from = (row: number, column: number): number => {
    if (row < 0 || column < 0) return Infinity
    if (row === 0 || column === 0) return row + column
    const known = distances.get(`${row},${column}`)
    if (known !== undefined) return known
    const isSame = one[row - 1] === other[column - 1]
    const isSwapped = one[row - 2] === other[column - 1] && one[row - 1] === other[column - 2]
    const distance = Math.min(
      from(row - 1, column) + 1,
      from(row, column - 1) + 1,
      isSame ? from(row - 1, column - 1) : Infinity,
      isSwapped ? from(row - 2, column - 2) + 1 : Infinity,
    )
    distances.set(`${row},${column}`, distance)
    return distance
  }
  return from(one.length, other.length)
}
