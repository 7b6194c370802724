import { createRequire } from 'node:module'
import type * as Sdk from '@aws-sdk/client-s3'

const require = createRequire(import.meta.url)

/**
 * The AWS SDK's S3 client and commands, loaded when the first of them is used. The SDK is the application's own to install,
 * so that nobody who keeps files in a folder has to. `import()` would make every use wait, or the module itself, which
 * `require()` of it would refuse.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const sdk: typeof Sdk = new Proxy({} as typeof Sdk, {
  get: (_target, name) => Reflect.get(loadSdk(), name) as unknown,
})

/** `require` keeps what it loaded. */
function loadSdk(): typeof Sdk {
  try {
    const loaded: typeof Sdk = require('@aws-sdk/client-s3')
    return loaded
  } catch (error) {
    throw new Error('S3MediaStorage needs the AWS SDK, which is not installed: npm install @aws-sdk/client-s3', {
      cause: error,
    })
  }
}
