import type * as Sdk from '@aws-sdk/client-s3'

/** The AWS SDK is the application's own to install, so that nobody who keeps files in a folder has to. */
async function loadSdk(): Promise<typeof Sdk> {
  try {
    return await import('@aws-sdk/client-s3')
  } catch (error) {
    throw new Error('S3MediaStorage needs the AWS SDK, which is not installed: npm install @aws-sdk/client-s3', {
      cause: error,
    })
  }
}

/** The AWS SDK's S3 client and commands. */
export const sdk: typeof Sdk = await loadSdk()
