/** A value that a test cannot go on without. */
export function required<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('The test needs a value that is not there.')
  return value
}
