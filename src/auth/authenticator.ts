/** Somebody who may use the admin. */
export interface AdminUser {
  id: string
  name: string
  email: string
}

/** What is known about the connection that a request came over, and cannot be read from the request itself. */
export interface ClientConnection {
  /** The client's IP address; `null` when it is not known. */
  ipAddress: string | null
  /** The browser speaks HTTPS, to this server or to a trusted proxy before it. */
  isSecure: boolean
}

/** Says who sends a request. Implemented by {@link AdminAuth}, and by `authenticate` of the application's own. */
export interface Authenticator {
  /** The person who is signed in, or `null`. */
  getUser(request: Request, connection?: ClientConnection): Promise<AdminUser | null>
}

/** The application's own sign-in: says who sends a request, or `null` when nobody is signed in. */
export type Authenticate = (request: Request) => Promise<AdminUser | null> | AdminUser | null

/** Makes an {@link Authenticator} of a function of the application's own. */
export function authenticatorFrom(authenticate: Authenticate): Authenticator {
  return { getUser: async (request) => authenticate(request) }
}

/** The connection of a request that came straight to this server, as far as its URL tells. */
export function getConnection(request: Request): ClientConnection {
  return { ipAddress: null, isSecure: new URL(request.url).protocol === 'https:' }
}
