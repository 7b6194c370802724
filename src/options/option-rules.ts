import { type OptionRule, type OptionRules, findOptionProblem } from './check-options.ts'
import { describeValue } from './describe-value.ts'

/**
 * A rule for an option that may be left out.
 *
 * @param allowed - what it may be, as it follows "must be": `true or false`
 */
export function rule(allowed: string, isAllowed: (value: unknown) => boolean): OptionRule {
  return {
    isRequired: false,
    findProblem: (value, name) =>
      isAllowed(value) ? null : `${name} is ${describeValue(value)}, and must be ${allowed}.`,
  }
}

/** The same for an option that must be given. */
export function required(optional: OptionRule): OptionRule {
  return { ...optional, isRequired: true }
}

export const text: OptionRule = rule('text', (value) => typeof value === 'string')

export const trueOrFalse: OptionRule = rule('true or false', (value) => typeof value === 'boolean')

export const callback: OptionRule = rule('a function', (value) => typeof value === 'function')

export const number: OptionRule = rule('a number', (value) => typeof value === 'number' && !Number.isNaN(value))

/** What another library decides about. */
export const anything: OptionRule = rule('anything', () => true)

/** A secret: what was given is in no message, since messages are logged. */
export const secretText: OptionRule = {
  isRequired: false,
  findProblem: (value, name) =>
    [value].flat().every((one) => typeof one === 'string') ? null : `${name} must be text, or an array of texts.`,
}

export function oneOf(...allowed: readonly (string | boolean)[]): OptionRule {
  const shown = allowed.map((value) => JSON.stringify(value))
  return rule(shown.join(' or '), (value) => allowed.some((one) => one === value))
}

/** The rule, or `null`. */
export function nullOr(inner: OptionRule): OptionRule {
  return { ...inner, findProblem: (value, name) => (value === null ? null : inner.findProblem(value, name)) }
}

/** One of two forms of an option; the second explains what is wrong. */
export function either(first: OptionRule, second: OptionRule): OptionRule {
  return {
    ...second,
    findProblem: (value, name) => (first.findProblem(value, name) === null ? null : second.findProblem(value, name)),
  }
}

/** @param allowed - what is wanted, as it follows "must be": `an array of texts` */
export function arrayWith(allowed: string, inner: OptionRule): OptionRule {
  return {
    isRequired: false,
    findProblem(value, name) {
      if (!Array.isArray(value)) return `${name} is ${describeValue(value)}, and must be ${allowed}.`
      const problems = value.map((one: unknown, index) => inner.findProblem(one, `${name}[${index}]`))
      return problems.find((problem) => problem !== null) ?? null
    },
  }
}

/** Options inside an option. */
export function nestedOptions<Options extends object>(rules: OptionRules<Options>): OptionRule {
  return { isRequired: false, findProblem: (value, name) => findOptionProblem(value, name, rules) }
}

/**
 * An object that is known by its methods and not by its class: an application may have two copies of a package.
 *
 * @param allowed - what it is, as it follows "must be": `what createAuth returns`
 */
export function objectWith(allowed: string, ...methods: readonly string[]): OptionRule {
  return rule(
    allowed,
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      methods.every((method) => typeof Reflect.get(value, method) === 'function'),
  )
}

export const texts: OptionRule = arrayWith('an array of texts', text)
