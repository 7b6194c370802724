import { html } from 'hono/html'
import { propertyTable, typeOf } from './docs-schema.ts'
import { describeText, factTable, type Html } from './docs-text.ts'
import type {
  HttpMethod,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
  ResponseDescription,
  Schema,
} from './openapi-types.ts'

/** An operation with where it stands in the document. */
export interface PlacedOperation {
  method: HttpMethod
  path: string
  operation: Operation
}

/** One operation: what it does, what it takes, and every way it may answer. */
export function operationArticle({ method, path, operation }: PlacedOperation): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses, security } = operation
  return html`<article id="${operationId}">
    <h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></h3>
    <p>
      <strong>${summary}.</strong> ${describeText(description ?? '')}
      ${security?.length === 0 ? 'Open to everybody.' : ''}
    </p>
    ${factTable(['Parameter', 'Type', 'Meaning'], parameters.map(parameterRow))}
    ${requestBody === undefined ? '' : bodyPart(requestBody)}
    ${factTable(['Status', 'Body', 'Meaning'], Object.entries(responses).map(responseRow))}
  </article>`
}

function parameterRow(parameter: Parameter): (Html | Html[])[] {
  const { name, in: place, schema, description } = parameter
  return [html`<code>${name}</code> <small>${place}</small>`, typeOf(schema), describeText(description)]
}

function bodyPart({ content }: RequestBody): Html {
  return html`${Object.entries(content).map(
    ([contentType, { schema = {} }]) =>
      html`<p>Body: <code>${contentType}</code>${nameOf(schema)}. ${describeText(schema.description ?? '')}</p>
        ${propertyTable(schema)}`,
  )}`
}

/** What has a name of its own is linked to; what has none is told by its properties. */
function nameOf(schema: Schema): Html | string {
  return schema.$ref === undefined && schema.anyOf === undefined ? '' : html`, ${typeOf(schema)}`
}

function responseRow([status, { description, content }]: [string, ResponseDescription]): (Html | Html[])[] {
  return [html`<code>${status}</code>`, contentOf(content), describeText(description)]
}

function contentOf(content: Record<string, MediaType> | undefined): Html {
  return html`${Object.entries(content ?? {}).map(([contentType, { schema }]) =>
    contentType === 'application/json' && schema !== undefined ? answerType(schema) : html`<code>${contentType}</code>`,
  )}`
}

/** An answer without a name of its own, as its properties. */
function answerType({ properties, ...schema }: Schema): Html {
  if (properties === undefined) return typeOf(schema)
  return html`${Object.entries(properties).map(
    ([name, property]) =>
      html`<div>
        <code>${name}</code>: ${property.properties === undefined ? typeOf(property) : answerType(property)}
      </div>`,
  )}`
}
