import { type Arbitrary, array, constant, constantFrom, nat, oneof, record } from 'fast-check'
import type { Step } from './clean-up-world.ts'

/** Histories of 5 to 40 steps; every second step may be cut off by a kill. */
export const anySteps: Arbitrary<Step[]> = array(
  record({
    kind: oneof(
      { weight: 4, arbitrary: constant('upload' as const) },
      { weight: 3, arbitrary: constant('save' as const) },
      { weight: 3, arbitrary: constantFrom('replace' as const, 'delete' as const) },
      { weight: 4, arbitrary: constantFrom('clean' as const, 'cleanSome' as const) },
      { weight: 3, arbitrary: constantFrom('restoreRun' as const, 'restoreFile' as const, 'purge' as const) },
    ),
    at: nat(1000),
    crashAfter: oneof(constant(null), nat(6)),
  }),
  { minLength: 5, maxLength: 40, size: 'max' },
)
