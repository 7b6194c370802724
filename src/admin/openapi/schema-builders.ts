import type { JsonType, Schema } from './openapi-types.ts'

/** The schema of the components with this name. */
export function reference(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}

/** An object that has all of these properties, and no others. */
export function object(properties: Record<string, Schema>, description?: string): Schema {
  return { ...partialObject(properties, description), required: Object.keys(properties) }
}

/** An object that may have these properties, and no others. */
export function partialObject(properties: Record<string, Schema>, description?: string): Schema {
  return { type: 'object', ...describedBy(description), properties, additionalProperties: false }
}

export function list(items: Schema, description?: string): Schema {
  return { type: 'array', ...describedBy(description), items }
}

export function text(description?: string): Schema {
  return { type: 'string', ...describedBy(description) }
}

/** A word of a closed list. */
export function word(words: readonly string[], description?: string): Schema {
  return { type: 'string', ...describedBy(description), enum: [...words] }
}

export function moment(description?: string): Schema {
  return { type: 'string', format: 'date-time', ...describedBy(description) }
}

export function flag(description?: string): Schema {
  return { type: 'boolean', ...describedBy(description) }
}

/** A whole number that is not negative. */
export function count(description?: string): Schema {
  return { type: 'integer', minimum: 0, ...describedBy(description) }
}

/** A number that is not negative. */
export function amount(description?: string): Schema {
  return { type: 'number', minimum: 0, ...describedBy(description) }
}

/** The same schema, or null. */
export function nullable(schema: Schema): Schema {
  const { type } = schema
  if (typeof type !== 'string' || schema.enum !== undefined) return { anyOf: [schema, { type: 'null' }] }
  const types: JsonType[] = [type, 'null']
  return { ...schema, type: types }
}

function describedBy(description: string | undefined): Pick<Schema, 'description'> {
  return description === undefined ? {} : { description }
}
