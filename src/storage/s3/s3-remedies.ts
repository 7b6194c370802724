/** The server's word for what went wrong, or the socket's, in an error of the SDK or around one. */
export function getReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  if (error.cause instanceof Error) return getReason(error.cause)
  return 'code' in error && typeof error.code === 'string' && error.code !== '' ? error.code : error.name
}

/** How to mend a bucket that cannot be reached, by the reason. */
export function remedyFor(reason: string): string {
  return REMEDIES.get(reason) ?? 'Check the endpoint, the region, the credentials and the name of the bucket.'
}

const UNREACHABLE = 'Check the endpoint and its port, that the server runs, and that no firewall stands between.'
const NO_CREDENTIALS =
  'Give credentials in clientConfig, or where the SDK looks for them: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or the role of the machine.'
const CLOCK = 'Set the clock of this machine by NTP.'

const REMEDIES: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', UNREACHABLE],
  ['ECONNRESET', UNREACHABLE],
  ['EHOSTUNREACH', UNREACHABLE],
  ['ETIMEDOUT', UNREACHABLE],
  ['TimeoutError', UNREACHABLE],
  [
    'ENOTFOUND',
    'The host name of the endpoint does not exist: check its spelling, and set forcePathStyle for a server without host names for its buckets.',
  ],
  ['EAI_AGAIN', 'The host name of the endpoint cannot be looked up: check the DNS of this machine.'],
  ['NoSuchBucket', 'Create the bucket, or correct bucketName.'],
  ['NotFound', 'Create the bucket, or correct bucketName.'],
  [
    'InvalidAccessKeyId',
    'The server does not know the access key: correct accessKeyId, or the endpoint it belongs to.',
  ],
  ['SignatureDoesNotMatch', 'Correct secretAccessKey, and the region.'],
  [
    'AccessDenied',
    'Allow s3:ListBucket on the bucket to these credentials, and s3:GetObject, s3:PutObject, s3:DeleteObject on its objects.',
  ],
  ['CredentialsProviderError', NO_CREDENTIALS],
  ['ExpiredToken', 'The credentials have expired: get new ones.'],
  ['RequestTimeTooSkewed', CLOCK],
  ['PermanentRedirect', 'The bucket is in another region: correct region.'],
  ['AuthorizationHeaderMalformed', 'The bucket is in another region: correct region.'],
])
