import { AuthError } from './auth-error.ts'

/** The fields of a JSON request. */
export type RequestFields = ReadonlyMap<string, unknown>

/**
 * Reads the fields of a JSON request; a request without a body has none.
 *
 * @throws AuthError `INVALID_REQUEST` when the body is not a JSON object, or has more than 16 KiB.
 */
export async function readFields(request: Request): Promise<RequestFields> {
  const text = await readText(request)
  if (text === '') return new Map()
  // Stops: a form on another site, which a browser sends without asking first, posing as JSON.
  if (!isJson(request)) throw new AuthError('INVALID_REQUEST', 'The request must be of the type application/json.')
  const body = parseJson(text)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AuthError('INVALID_REQUEST', 'The request must be a JSON object.')
  }
  return new Map(Object.entries(body))
}

/** @throws AuthError `INVALID_REQUEST` when the field is missing, or not a text. */
export function textField(fields: RequestFields, name: string): string {
  const value = fields.get(name)
  if (typeof value === 'string') return value
  throw new AuthError('INVALID_REQUEST', `The request must have the field "${name}", a text.`)
}

/** Stops: a body without end, filling the memory before anybody has signed in. */
async function readText(request: Request): Promise<string> {
  if (request.body === null) return ''
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > MAX_BODY_SIZE) throw new AuthError('INVALID_REQUEST', 'The request is longer than 16 KiB.')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function isJson(request: Request): boolean {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AuthError('INVALID_REQUEST', 'The request is not valid JSON.', { cause: error })
  }
}

/** In bytes. */
const MAX_BODY_SIZE = 16 * 1024
