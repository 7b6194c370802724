import { describe } from 'vitest'
import { testWholeJobByMouse } from './whole-job-by-mouse.ts'

/** Where the demo finds the bucket: as a person sets it. */
const bucket = () => ({
  S3_BUCKET: process.env.S3_BUCKET ?? '',
  S3_ENDPOINT: process.env.S3_ENDPOINT ?? '',
  S3_REGION: process.env.S3_REGION ?? '',
  S3_ACCESS_KEY_ID: process.env.S3_ACCESS_KEY_ID ?? '',
  S3_SECRET_ACCESS_KEY: process.env.S3_SECRET_ACCESS_KEY ?? '',
  S3_FORCE_PATH_STYLE: process.env.S3_FORCE_PATH_STYLE ?? 'true',
})

describe('the whole job with everything in a bucket', () => {
  testWholeJobByMouse(bucket)
})

describe('the whole job with the posters in a folder and the screenshots in a bucket', () => {
  testWholeJobByMouse(() => ({ ...bucket(), S3_COLUMNS: 'screenshots' }))
})
