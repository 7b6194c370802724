/** A request to an S3 server, by what it is for. */
export type S3Operation =
  | 'abort'
  | 'bulk delete'
  | 'complete'
  | 'create'
  | 'delete'
  | 'get'
  | 'head'
  | 'head bucket'
  | 'list'
  | 'list uploads'
  | 'other'
  | 'part'
  | 'put'

/** Tells the operation by method and path, for addresses with the bucket in the path. */
export function getOperation(method: string, url: string): S3Operation {
  const { pathname, searchParams } = new URL(url, 'http://s3')
  const ofObject = pathname.split('/').filter(Boolean).length > 1
  return (ofObject ? objectOperation(method, searchParams) : bucketOperation(method, searchParams)) ?? 'other'
}

function objectOperation(method: string, query: URLSearchParams): S3Operation | undefined {
  if (query.has('uploads')) return 'create'
  const ofUpload: Record<string, S3Operation> = { PUT: 'part', POST: 'complete', DELETE: 'abort' }
  const ofWhole: Record<string, S3Operation> = { PUT: 'put', GET: 'get', HEAD: 'head', DELETE: 'delete' }
  return (query.has('uploadId') ? ofUpload : ofWhole)[method]
}

function bucketOperation(method: string, query: URLSearchParams): S3Operation | undefined {
  if (query.has('delete')) return 'bulk delete'
  if (query.has('uploads')) return 'list uploads'
  return { GET: 'list' as const, HEAD: 'head bucket' as const }[method]
}
