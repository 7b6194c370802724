import { describe } from 'vitest'
import { testWholeJobByMouse } from './whole-job-by-mouse.ts'

describe('the whole job, by mouse', () => {
  testWholeJobByMouse(() => ({}))
})
