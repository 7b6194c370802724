import { type Diagnosis, diagnose } from '../core/diagnosis.ts'
import { sdk } from './load-sdk.ts'
import type { BucketFolder } from './s3-checks.ts'

/** An object that was just stored, and how it is handed out. */
export interface ProbeObject extends BucketFolder {
  objectKey: string
  /** The address that browsers are given. */
  url: string
  signUrls: boolean
}

/** Longest wait for an answer, in milliseconds. */
const TIMEOUT_MS = 10_000

/** Checks what the world outside gets to see of a stored object. */
export async function* diagnoseObject(probe: ProbeObject): AsyncGenerator<Diagnosis> {
  yield await diagnosePrefix(probe)
  if (!probe.signUrls) {
    yield await diagnosePublicUrl(probe)
    return
  }
  yield await diagnoseSignedUrl(probe)
  yield await diagnoseTampering(probe)
  yield await diagnosePrivacy(probe)
}

/** A server that takes the prefix for a hint would make one column's clean-up see the files of another one. */
function diagnosePrefix({ bucket, prefix, objectKey }: ProbeObject): Promise<Diagnosis> {
  const list = async (Prefix: string) => {
    const command = new sdk.ListObjectsV2Command({ Bucket: bucket.name, Prefix, Delimiter: '/' })
    const { Contents = [] } = await bucket.request('list the files', (client) => client.send(command))
    return Contents.map(({ Key = '' }) => Key)
  }
  return diagnose({
    check: 'folder listing',
    success: 'A listing shows the files of this folder and no others.',
    remedy: 'This server does not list by prefix and delimiter as S3 does: use another one.',
    run: async () => {
      const [own, all] = await Promise.all([list(objectKey), list(prefix)])
      if (own.join('\n') !== objectKey) throw new Error('A listing does not show the file that was just stored.')
      const foreign = all.some((key) => !key.startsWith(prefix) || key.slice(prefix.length).includes('/'))
      if (foreign) throw new Error('A listing of the folder shows what is not directly in it.')
    },
  })
}

function diagnoseSignedUrl({ url }: ProbeObject): Promise<Diagnosis> {
  return diagnose({
    check: 'signed address',
    success: 'A signed address gives the file.',
    remedy: "Check the region, the endpoint's host name and the clock: all three are part of the signature.",
    run: async () => {
      const status = await getStatus(url)
      if (status !== 200) throw new Error(`A signed address is answered with status ${status}.`)
    },
  })
}

function diagnoseTampering({ url }: ProbeObject): Promise<Diagnosis> {
  return diagnose({
    check: 'changed signature',
    success: 'A changed signature is refused.',
    remedy: 'Anyone can read the files. Remove the public access of the bucket, and turn on checks of signatures.',
    run: async () => {
      const changed = new URL(url)
      const signature = changed.searchParams.get('X-Amz-Signature') ?? ''
      changed.searchParams.set(
        'X-Amz-Signature',
        signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      )
      refuseSuccess(await getStatus(changed), 'An address with a changed signature')
    },
  })
}

function diagnosePrivacy({ urls, objectKey }: ProbeObject): Promise<Diagnosis> {
  return diagnose({
    check: 'public access',
    success: 'Without a signature the file is refused.',
    remedy:
      'Anyone can read the files: block public access, and remove the bucket policy or the ACL that allows s3:GetObject to everybody. If the bucket is meant to be public, set signUrls to false.',
    run: async () => {
      refuseSuccess(await getStatus(await urls.plain(objectKey)), 'An address without a signature')
    },
  })
}

function diagnosePublicUrl({ url }: ProbeObject): Promise<Diagnosis> {
  return diagnose({
    check: 'public access',
    success: 'Everybody can read the file, as signUrls: false promises.',
    remedy: 'Allow s3:GetObject to everybody by a bucket policy, check publicUrl, or set signUrls to true.',
    run: async () => {
      const status = await getStatus(url)
      if (status !== 200) throw new Error(`The plain address is answered with status ${status}.`)
    },
  })
}

function refuseSuccess(status: number, what: string): void {
  if (status < 400) throw new Error(`${what} is answered with status ${status}: the file is given out.`)
  // A server in trouble has refused nothing.
  if (status >= 500) throw new Error(`${what} is answered with status ${status}, which is no refusal.`)
}

async function getStatus(url: URL | string): Promise<number> {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
  await response.body?.cancel()
  return response.status
}
