import { describe } from 'vitest'
import { bucketEnvironment } from './bucket-environment.ts'
import { testWholeJobByMouse } from './whole-job-by-mouse.ts'

describe('the whole job with everything in a bucket', () => {
  testWholeJobByMouse(bucketEnvironment)
})

describe('the whole job with the posters in a folder and the screenshots in a bucket', () => {
  testWholeJobByMouse(() => ({ ...bucketEnvironment(), S3_COLUMNS: 'screenshots' }))
})
