/** The parts of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html) that the admin's description uses. */
export interface OpenApiDocument {
  openapi: '3.1.1'
  info: { title: string; version: string; description: string }
  servers?: { url: string }[]
  tags: { name: string; description: string }[]
  security?: SecurityRequirement[]
  paths: Record<string, PathItem>
  components: {
    schemas: Record<string, Schema>
    securitySchemes?: Record<string, SecurityScheme>
  }
}

export type PathItem = Partial<Record<HttpMethod, Operation>>

export type HttpMethod = 'get' | 'head' | 'options' | 'post' | 'put' | 'patch' | 'delete'

export type SecurityRequirement = Record<string, string[]>

export interface SecurityScheme {
  type: 'apiKey'
  in: 'cookie'
  name: string
  description: string
}

export interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  /** Empty for an operation that is open to everybody. */
  security?: SecurityRequirement[]
  parameters?: Parameter[]
  requestBody?: RequestBody
  /** By status. */
  responses: Record<string, ResponseDescription>
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  description: string
  schema: Schema
  explode?: boolean
}

export interface RequestBody {
  required?: boolean
  description?: string
  content: Record<string, MediaType>
}

export interface ResponseDescription {
  description: string
  headers?: Record<string, { description: string; schema: Schema }>
  content?: Record<string, MediaType>
}

export interface MediaType {
  schema?: Schema
  encoding?: Record<string, { contentType: string }>
}

/** A schema of JSON Schema 2020-12. */
export interface Schema {
  $ref?: string
  type?: JsonType | JsonType[]
  description?: string
  format?: string
  enum?: (string | number | boolean | null)[]
  pattern?: string
  minimum?: number
  maximum?: number
  maxLength?: number
  default?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  anyOf?: Schema[]
}

export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null'
