/** `; name=value` or `; name="value"`, one after the other. */
const PARAMETER = /^\s*;\s*([!#$%&'*+.^_`|~\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/

/**
 * The parameters of a header such as `form-data; name="file"`, without what comes before the first semicolon: by name in
 * lower case, quoted ones without their quotes, as they were escaped.
 *
 * Attack: `boundary=A; boundary=B`. Of two parameters of one name, one program takes the first and the next the last, and
 * what one of them checked is not what the other reads. So neither is taken.
 *
 * @returns `null` when it is malformed, or has a parameter twice
 */
export function parseHeaderParameters(text: string): ReadonlyMap<string, string> | null {
  const parameters = new Map<string, string>()
  let rest = text.trim()
  while (rest !== '') {
    const [parameter = '', name = '', quoted, bare = ''] = PARAMETER.exec(rest) ?? []
    if (parameter === '' || parameters.has(name.toLowerCase())) return null
    parameters.set(name.toLowerCase(), quoted ?? bare)
    rest = rest.slice(parameter.length)
  }
  return parameters
}
