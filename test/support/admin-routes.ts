/** A request to every route of the admin that is closed to strangers. */
export interface AdminRoute {
  path: string
  /** The methods that the route has. */
  methods: string[]
}

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']

/** Methods that only read. */
export const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/** Every closed route, about one row and one file that are there. */
export function closedRoutes({ rowId, fileKey }: { rowId: number; fileKey: string }): AdminRoute[] {
  const media = '/api/media/movie/poster'
  return [
    { path: '/api/session', methods: ['GET'] },
    { path: '/api/tables', methods: ['GET'] },
    { path: '/api/tables/movie/schema', methods: ['GET'] },
    { path: '/api/tables/movie/rows', methods: ['GET', 'POST'] },
    { path: `/api/tables/movie/rows/${rowId}`, methods: ['GET', 'PATCH', 'DELETE'] },
    { path: `${media}?name=planted.jpg`, methods: ['GET', 'POST'] },
    { path: `${media}/from-url`, methods: ['POST'] },
    { path: `${media}/${fileKey}`, methods: ['GET', 'DELETE'] },
    { path: `${media}/${fileKey}?download`, methods: ['GET'] },
    { path: `${media}/${fileKey}/url`, methods: ['GET'] },
    { path: `${media}/${fileKey}/info`, methods: ['GET'] },
    { path: '/api/openapi.json', methods: ['GET'] },
    { path: '/api/docs', methods: ['GET'] },
    { path: `${media}/uploads`, methods: ['POST', 'OPTIONS'] },
    { path: `${media}/uploads/3beac950-7721-46c9-9e7d-5e908ef51011`, methods: [] },
    { path: `${media}/${fileKey}/thumbnail?width=64`, methods: [] },
    { path: `${media}/${fileKey}/picture`, methods: ['PUT'] },
    { path: '/api/nothing', methods: [] },
    { path: '/api/', methods: [] },
    { path: '/api', methods: [] },
  ]
}

/** A body that would do something, were the request let through: JSON for rows, bytes for media. */
export function bodyFor(path: string, method: string): string | null {
  if (['GET', 'HEAD'].includes(method)) return null
  return path.includes('/media/') ? '\u00ff\u00d8\u00ff bytes' : '{"title":"Planted","isReleased":true}'
}
