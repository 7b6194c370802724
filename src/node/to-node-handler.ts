import { type IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Admin } from '../admin/create-admin.ts'
import { sendFile } from './send-file.ts'

/** A request listener of `node:http`, which Express and Fastify take as well. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * The admin as a request listener. Mount it before anything that reads request bodies.
 *
 * @example
 * createServer(toNodeHandler(admin)).listen(8000)
 * express().use('/admin', toNodeHandler(admin))   // with createAdmin({ basePath: '/admin', ... })
 */
export function toNodeHandler(admin: Pick<Admin, 'fetch'>): NodeHandler {
  return getRequestListener(
    (request, { incoming, outgoing }) =>
      admin.fetch(request, {
        ipAddress: incoming.socket.remoteAddress,
        isBodyRead: incoming.readableDidRead,
        // Half a body read is no reason to end the connection: the answer is still to be sent on it.
        body: incoming.iterator({ destroyOnReturn: false }),
        sendFile: outgoing instanceof ServerResponse ? (reply, file) => sendFile(outgoing, reply, file) : undefined,
      }),
    // The application's own `Request` and `Response` are not ours to replace.
    { overrideGlobalObjects: false },
  )
}
