import { type Parsed, parsed, refused } from './parsed.ts'
import { findTextProblem } from './parse-text.ts'

/** Deepest nesting of a JSON value: writing a deeper one exhausts the stack here and in Postgres. */
const DEEPEST_JSON = 100

export function parseJson(value: unknown): Parsed {
  const problem = findJsonProblem(value, 0)
  return problem === null ? parsed(value) : refused(problem)
}

function findJsonProblem(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return findTextProblem(value)
  if (typeof value !== 'object' || value === null) return null
  if (depth === DEEPEST_JSON) return `must not be nested deeper than ${DEEPEST_JSON} levels`
  for (const [key, element] of Object.entries(value)) {
    const problem = findTextProblem(key) ?? findJsonProblem(element, depth + 1)
    if (problem !== null) return problem
  }
  return null
}
