import { html } from 'hono/html'
import { describeText, metadataTable, type Html } from './docs-text.ts'
import type { Schema } from './openapi-types.ts'

/** A schema of the components with its properties. */
export function schemaArticle(name: string, schema: Schema): Html {
  return html`<article id="schema-${name}">
    <h3><code>${name}</code></h3>
    ${schema.description === undefined ? '' : html`<p>${describeText(schema.description)}</p>`} ${propertyTable(schema)}
  </article>`
}

/** The properties of an object, those of the objects in it below their own name. */
export function propertyTable(schema: Schema): Html {
  return metadataTable(['Name', 'Type', 'Meaning'], propertyRows(schema, ''))
}

type PropertyRow = (Html | Html[] | string)[]

function propertyRows(schema: Schema, prefix: string): PropertyRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const isRequired = schema.required?.includes(name) ?? false
    const row: PropertyRow = [
      html`<code>${prefix}${name}</code>${isRequired ? '' : html` <small>optional</small>`}`,
      getType(property),
      describeText(property.description ?? ''),
    ]
    const { inner, suffix } = innerObject(property)
    return [row, ...(inner === null ? [] : propertyRows(inner, `${prefix}${name}${suffix}.`))]
  })
}

/** The object inside a list, or inside what may be null. */
function innerObject(schema: Schema): { inner: Schema | null; suffix: string } {
  if (schema.properties !== undefined) return { inner: schema, suffix: '' }
  if (schema.items?.properties !== undefined) return { inner: schema.items, suffix: '[]' }
  return { inner: null, suffix: '' }
}

/** What a value is, in words, with links to the schemas it names. */
export function getType(schema: Schema): Html {
  const name = schema.$ref?.split('/').at(-1)
  if (name !== undefined) return html`<a href="#schema-${name}"><code>${name}</code></a>`
  if (schema.anyOf !== undefined) return joinByOr(schema.anyOf.map(getType))
  if (schema.enum !== undefined)
    return joinByOr(schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`))
  const types = [schema.type ?? 'any'].flat()
  return html`${joinByOr(types.map((type) => plainType(type, schema)))}${getLimits(schema)}`
}

function plainType(type: string, { format, items, additionalProperties }: Schema): Html {
  if (type === 'array') return html`list of ${getType(items ?? {})}`
  if (type === 'object' && typeof additionalProperties === 'object') {
    return html`object of ${getType(additionalProperties)}`
  }
  return html`${type}${type === 'string' && format !== undefined ? ` (${format})` : ''}`
}

function getLimits({ minimum, maximum, maxLength, default: fallback }: Schema): string {
  const limits = [
    minimum === undefined || (minimum === 0 && maximum === undefined) ? '' : `from ${minimum}`,
    maximum === undefined ? '' : `to ${maximum}`,
    maxLength === undefined ? '' : `at most ${maxLength} characters`,
    fallback === undefined ? '' : `default ${JSON.stringify(fallback)}`,
  ].filter((limit) => limit !== '')
  return limits.length === 0 ? '' : `, ${limits.join(', ')}`
}

function joinByOr(parts: readonly Html[]): Html {
  return html`${parts.map((part, index) => (index === 0 ? part : html` or ${part}`))}`
}
