import { describeValue } from './describe-value.ts'
import { closestName } from './closest-name.ts'

/** What one option may be. */
export interface OptionRule {
  /** Whether leaving it out is an error. */
  readonly isRequired: boolean
  /** A sentence about what is wrong with the value; `null` when nothing is. */
  findProblem(value: unknown, name: string): string | null
}

/** A rule for each option: the compiler refuses a table that leaves one out, or has one that is none. */
export type OptionRules<Options> = { readonly [Name in keyof Options]-?: OptionRule }

/**
 * The only check of options, for callers without types and for what the compiler does not see: an option that does not
 * exist would otherwise be ignored, and a wrong value fail somewhere deep inside.
 *
 * @param owner - what the options are given to, for messages: `createAdmin`
 * @throws {TypeError} a sentence that names the option, what was given and what is allowed
 */
export function checkOptions<Options>(owner: string, options: unknown, rules: OptionRules<Options>): void {
  const problem = findOptionProblem(options, owner, rules)
  if (problem !== null) throw new TypeError(problem)
}

/** The first thing that is wrong with an object of options, as a sentence; `null` when nothing is. */
export function findOptionProblem<Options>(
  options: unknown,
  owner: string,
  rules: OptionRules<Options>,
): string | null {
  const known = new Map<string, OptionRule>(Object.entries(rules))
  if (typeof options !== 'object' || options === null) {
    return `${owner} needs an object of options, and was given ${describeValue(options)}. Its options: ${toList(known)}.`
  }
  const given = new Map(Object.entries(Object.getOwnPropertyDescriptors(options)))
  const unknownName = [...given.keys()].find((name) => !known.has(name))
  if (unknownName !== undefined) return unknownOption(owner, unknownName, known)
  for (const [name, rule] of known) {
    const property: PropertyDescriptor = given.get(name) ?? {}
    // A getter makes its value when that is needed: a database that only some commands open.
    if ('get' in property || (property.value === undefined && !rule.isRequired)) continue
    const problem = rule.findProblem(property.value, `${owner}: ${name}`)
    if (problem !== null) return problem
  }
  return null
}

function unknownOption(owner: string, name: string, known: ReadonlyMap<string, OptionRule>): string {
  const closest = closestName(name, [...known.keys()])
  const hint = closest === null ? `Its options: ${toList(known)}.` : `Did you mean ${closest}?`
  return `${owner} has no option "${name}". ${hint}`
}

function toList(known: ReadonlyMap<string, OptionRule>): string {
  return [...known.keys()].join(', ')
}
