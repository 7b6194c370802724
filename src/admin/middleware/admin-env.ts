import type { AdminUser, ClientConnection } from '../../auth/authenticator.ts'
import type { AdminEnvironment } from '../admin-environment.ts'

/** What the middleware finds out about a request, as `context.var`. */
export interface AdminVariables {
  connection: RequestConnection
  user: AdminUser
  /** The server has sent the answer by itself: nothing can be added to it. */
  isSent?: true
}

/** The type parameter of the admin's Hono apps. */
export interface AdminEnv {
  Bindings: AdminEnvironment
  Variables: AdminVariables
}

/** How a request reached the admin. */
export interface RequestConnection extends ClientConnection {
  /** The origins, such as `https://admin.example.com`, whose pages may change something. */
  ownOrigins: string[]
}
