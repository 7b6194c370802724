import { html } from 'hono/html'
import { propertyTable, getType } from './docs-schema.ts'
import { describeText, metadataTable, type Html } from './docs-text.ts'
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
export interface OperationEntry {
  method: HttpMethod
  path: string
  operation: Operation
}

/** One operation: what it does, what it takes, and every way it may answer. */
export function operationArticle({ method, path, operation }: OperationEntry): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses, security } = operation
  return html`<article id="${operationId}">
    <h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></h3>
    <p>
      <strong>${summary}.</strong> ${describeText(description ?? '')}
      ${security?.length === 0 ? 'Open to everybody.' : ''}
    </p>
    ${metadataTable(['Parameter', 'Type', 'Meaning'], parameters.map(parameterRow))}
    ${requestBody === undefined ? '' : bodyPart(requestBody)}
    ${metadataTable(['Status', 'Body', 'Meaning'], Object.entries(responses).map(responseRow))}
  </article>`
}

function parameterRow(parameter: Parameter): (Html | Html[])[] {
  const { name, in: location, schema, description } = parameter
  return [html`<code>${name}</code> <small>${location}</small>`, getType(schema), describeText(description)]
}

function bodyPart({ content }: RequestBody): Html {
  return html`${Object.entries(content).map(
    ([contentType, { schema = {} }]) =>
      html`<p>Body: <code>${contentType}</code>${getName(schema)}. ${describeText(schema.description ?? '')}</p>
        ${propertyTable(schema)}`,
  )}`
}

/** What has a name of its own is linked to; what has none is told by its properties. */
function getName(schema: Schema): Html | string {
  return schema.$ref === undefined && schema.anyOf === undefined ? '' : html`, ${getType(schema)}`
}

function responseRow([status, { description, content }]: [string, ResponseDescription]): (Html | Html[])[] {
  return [html`<code>${status}</code>`, getContent(content), describeText(description)]
}

function getContent(content: Record<string, MediaType> | undefined): Html {
  return html`${Object.entries(content ?? {}).map(([contentType, { schema }]) =>
    contentType === 'application/json' && schema !== undefined
      ? responseType(schema)
      : html`<code>${contentType}</code>`,
  )}`
}

/** An answer without a name of its own, as its properties. */
function responseType({ properties, ...schema }: Schema): Html {
  if (properties === undefined) return getType(schema)
  return html`${Object.entries(properties).map(
    ([name, property]) =>
      html`<div>
        <code>${name}</code>: ${property.properties === undefined ? getType(property) : responseType(property)}
      </div>`,
  )}`
}
