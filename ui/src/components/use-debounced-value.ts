import { useEffect, useState } from 'react'

/** The value as it was once it had stood still for a while, so that typing does not ask the server at each key. */
export function useDebouncedValue<Value>(value: Value, milliseconds = 250): Value {
  const [settled, setIsSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setIsSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
