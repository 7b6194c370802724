import { entityKind } from 'drizzle-orm'

/**
 * Drizzle's names of an object's class and of those it extends, such as `PgTable`. They are the same in two copies of
 * Drizzle in one application, and need no driver that may not be installed.
 */
export function getEntityKinds(value: unknown): string[] {
  const kinds: string[] = []
  let prototype: unknown = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : null
  while (typeof prototype === 'object' && prototype !== null) {
    const kind: unknown = Reflect.get(prototype.constructor, entityKind)
    if (typeof kind === 'string') kinds.push(kind)
    prototype = Object.getPrototypeOf(prototype)
  }
  return kinds
}
