import type { ErrorCode } from '../../contract/error.ts'
import { HTTP_STATUS } from '../http-error.ts'
import type {
  HttpMethod,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
  ResponseDescription,
  Schema,
} from './openapi-types.ts'
import { reference } from './schema-builders.ts'

/** One operation of the API, with what goes without saying left out. */
export interface ApiOperation {
  method: HttpMethod
  /** Such as `/api/tables/{table}/rows`. */
  path: string
  id: string
  tag: string
  summary: string
  description?: string
  /** Everybody may do it. Defaults to `false`. */
  isOpen?: boolean
  parameters?: Parameter[]
  requestBody?: RequestBody
  /** The answers that are no errors, by status. */
  responses: Record<string, ResponseDescription>
  /** The ways to fail besides those of every operation. */
  errors?: ErrorCode[]
}

/** Changes something, so that it needs a page of the admin's own origin. */
const UNSAFE_METHODS: readonly HttpMethod[] = ['post', 'put', 'patch', 'delete']

/** The operation as OpenAPI has it, with every answer it may give. */
export function toOpenApi(operation: ApiOperation): Operation {
  const { id, tag, summary, description, isOpen = false, parameters = [], requestBody, responses } = operation
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(isOpen ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: { ...responses, ...errorResponses(getErrors(operation)) },
  }
}

function getErrors({ method, isOpen = false, errors = [] }: ApiOperation): ErrorCode[] {
  const always: ErrorCode[] = isOpen ? [] : ['UNAUTHENTICATED', 'UNAVAILABLE', 'INTERNAL_ERROR']
  const unsafe: ErrorCode[] = UNSAFE_METHODS.includes(method) ? ['CROSS_ORIGIN', ...(isOpen ? [] : READ_ONLY)] : []
  return [...new Set([...errors, ...always, ...unsafe])]
}

const READ_ONLY: readonly ErrorCode[] = ['READ_ONLY']

/** One answer for each status; its description names the codes that come with it. */
function errorResponses(codes: readonly ErrorCode[]): Record<string, ResponseDescription> {
  const statuses = new Set(codes.map((code) => HTTP_STATUS[code]))
  return Object.fromEntries(
    Array.from(statuses, (status) => {
      const names = codes.filter((code) => HTTP_STATUS[code] === status).map((code) => `\`${code}\``)
      return [String(status), jsonResponse(names.join(', '), reference('Error'))]
    }),
  )
}

export function jsonResponse(description: string, schema: Schema): ResponseDescription {
  return { description, content: json(schema) }
}

export function jsonBody(schema: Schema): RequestBody {
  return { required: true, content: json(schema) }
}

export function pathParameter(name: string, description: string, schema: Schema = { type: 'string' }): Parameter {
  return { name, in: 'path', required: true, description, schema }
}

export function queryParameter(name: string, description: string, schema: Schema = { type: 'string' }): Parameter {
  return { name, in: 'query', description, schema }
}

function json(schema: Schema): Record<string, MediaType> {
  return { 'application/json': { schema } }
}
