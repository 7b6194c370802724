/**
 * Whether a request only reads, by its method alone. Headers and fields that ask for another method count for nothing:
 * no part of the admin looks at them.
 */
export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.includes(method)
}

/** RFC 9110, 9.2.1, without TRACE. */
export const SAFE_METHODS: string[] = ['GET', 'HEAD', 'OPTIONS']
