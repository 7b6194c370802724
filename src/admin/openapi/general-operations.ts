import { type ApiOperation, jsonResponse } from './operation.ts'
import { flag, object, reference } from './schema-builders.ts'

/** The operations that are about no table. */
export const GENERAL_OPERATIONS: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/api/health',
    id: 'getHealth',
    tag: 'General',
    summary: 'Whether the admin can do its work',
    description: 'For a load balancer. It tells no more than this, and writes the reason of a failure to the log.',
    isOpen: true,
    responses: {
      200: jsonResponse('Everything is ready.', reference('Health')),
      503: jsonResponse('The database or a storage cannot be used.', reference('Health')),
    },
  },
  {
    method: 'get',
    path: '/api/session',
    id: 'getSession',
    tag: 'General',
    summary: 'Who is signed in',
    responses: {
      200: jsonResponse(
        'The person, and what may be done.',
        object({
          user: reference('User'),
          readOnly: flag('Nothing can be changed; media can be seen.'),
          uploadFromUrl: flag('Files may be given by their address.'),
          acceptsImages: flag('Films and PDF may be given a picture.'),
        }),
      ),
    },
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    id: 'getOpenApi',
    tag: 'General',
    summary: 'This description',
    responses: { 200: jsonResponse('An OpenAPI 3.1 document.', { type: 'object' }) },
  },
  {
    method: 'get',
    path: '/api/docs',
    id: 'getDocs',
    tag: 'General',
    summary: 'This description, to be read by people',
    responses: { 200: { description: 'A page.', content: { 'text/html': { schema: { type: 'string' } } } } },
  },
]
