import { type ApiOperation, jsonBody, jsonResponse } from './operation.ts'
import type { Schema } from './openapi-types.ts'
import { flag, list, moment, nullable, object, reference, text } from './schema-builders.ts'

const TAG = 'Sign-in'
const SIGNED_OUT_CODES = ['UNAUTHENTICATED', 'UNAVAILABLE', 'INTERNAL_ERROR'] as const

const USER: Schema = object({ user: reference('User') })
const DONE: Schema = object({ status: flag() })

/** The operations of the admin's own accounts. They work in a read-only admin as far as that says. */
export const AUTH_OPERATIONS: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/api/auth/sign-in/email',
    id: 'signIn',
    tag: TAG,
    summary: 'Sign in with an e-mail address and a password',
    description: 'Works in a read-only admin. The body of every sign-in operation may have 16 KiB.',
    isOpen: true,
    requestBody: jsonBody({
      ...object({
        email: text(),
        password: text(),
        rememberMe: flag('`false` for a session that ends with the browser.'),
      }),
      required: ['email', 'password'],
      additionalProperties: true,
    }),
    responses: {
      200: {
        ...jsonResponse('Signed in; the session is in the cookie.', USER),
        headers: { 'Set-Cookie': { description: 'The session.', schema: { type: 'string' } } },
      },
    },
    errors: ['INVALID_REQUEST', 'TOO_MANY_REQUESTS', ...SIGNED_OUT_CODES],
  },
  {
    method: 'post',
    path: '/api/auth/sign-out',
    id: 'signOut',
    tag: TAG,
    summary: 'End the session',
    description: 'Works in a read-only admin, and without a session.',
    isOpen: true,
    responses: { 200: jsonResponse('Nobody is signed in any more.', object({ success: flag() })) },
    errors: ['INVALID_REQUEST', 'UNAVAILABLE', 'INTERNAL_ERROR'],
  },
  {
    method: 'get',
    path: '/api/auth/get-session',
    id: 'getAuthSession',
    tag: TAG,
    summary: 'The session, or null',
    isOpen: true,
    responses: {
      200: jsonResponse(
        '`null` when nobody is signed in.',
        nullable(
          object({
            session: object({ id: text(), createdAt: moment(), expiresAt: moment() }),
            user: reference('User'),
          }),
        ),
      ),
    },
    errors: ['UNAVAILABLE', 'INTERNAL_ERROR'],
  },
  {
    method: 'post',
    path: '/api/auth/change-password',
    id: 'changePassword',
    tag: TAG,
    summary: "Change one's own password",
    description: 'Ends all other sessions.',
    requestBody: jsonBody({
      ...object({ currentPassword: text(), newPassword: text('8 to 128 characters.') }),
      additionalProperties: true,
    }),
    responses: { 200: jsonResponse('The password is changed; the cookie is a new one.', USER) },
    errors: ['INVALID_REQUEST', 'INVALID_VALUE', 'TOO_MANY_REQUESTS'],
  },
  {
    method: 'get',
    path: '/api/auth/list-sessions',
    id: 'listSessions',
    tag: TAG,
    summary: "One's own sessions",
    responses: { 200: jsonResponse('At most 100, the last used first.', list(listedSession())) },
  },
  {
    method: 'post',
    path: '/api/auth/revoke-session',
    id: 'revokeSession',
    tag: TAG,
    summary: "End one of one's own sessions",
    requestBody: jsonBody({ ...object({ id: text() }), additionalProperties: true }),
    responses: { 200: jsonResponse('The session has ended, if there was one.', DONE) },
    errors: ['INVALID_REQUEST'],
  },
  {
    method: 'post',
    path: '/api/auth/revoke-sessions',
    id: 'revokeSessions',
    tag: TAG,
    summary: "End all of one's own sessions",
    responses: { 200: jsonResponse('All have ended, this one too.', DONE) },
    errors: ['INVALID_REQUEST'],
  },
  {
    method: 'post',
    path: '/api/auth/revoke-other-sessions',
    id: 'revokeOtherSessions',
    tag: TAG,
    summary: "End one's own sessions but this one",
    responses: { 200: jsonResponse('All others have ended.', DONE) },
    errors: ['INVALID_REQUEST'],
  },
]

function listedSession(): Schema {
  return object({
    id: text(),
    createdAt: moment(),
    lastUsedAt: moment('To the hour.'),
    expiresAt: moment(),
    ipAddress: nullable(text('The IP address it was made from.')),
    userAgent: nullable(text()),
    isCurrent: flag('The request came with this session.'),
  })
}
