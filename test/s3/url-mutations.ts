/** A change of a signed address by somebody who does not know the secret. */
export interface Mutation {
  title: string
  /** One changed address or some. */
  change: (url: URL, known: KnownIpAddresses) => string | string[]
}

/** What else a stranger may know. */
export interface KnownIpAddresses {
  key: string
  /** Another file of the same column. */
  otherKey: string
  /** An address of a file with the same key in another column. */
  elsewhere: string
}

type Parameters = [name: string, value: string][]

/** Changes of any address. The parameters of a bucket's and of a folder's have different names, hence the patterns. */
export const COMMON_MUTATIONS: readonly Mutation[] = [
  { title: 'another key', change: (url, { key, otherKey }) => url.href.replace(key, otherKey) },
  { title: 'a key that ends otherwise', change: (url, { key }) => url.href.replace(key, key.replace('.jpg', '.png')) },
  { title: 'a letter of another case', change: (url, { key }) => url.href.replace(key, key.toUpperCase()) },
  {
    title: 'the signature of another column',
    change: (url, { elsewhere }) => `${url.origin}${url.pathname}${new URL(elsewhere).search}`,
  },
  { title: 'no query', change: (url) => `${url.origin}${url.pathname}` },
  ...parameterMutations('signature', /signature$/i, [
    { title: 'cut by one', change: (value) => value.slice(0, -1) },
    { title: 'cut to the half', change: (value) => value.slice(0, value.length / 2) },
    { title: 'cut to nothing', change: () => '' },
    { title: 'longer by a letter', change: (value) => `${value}A` },
    { title: 'longer by a zero', change: (value) => `${value}0` },
    { title: 'padded', change: (value) => `${value}=` },
    { title: 'with a space behind', change: (value) => `${value} ` },
    { title: 'with a zero byte', change: (value) => `${value}\0` },
    { title: 'twice as long', change: (value) => value + value },
    { title: 'reversed', change: (value) => value.split('').toReversed().join('') },
    {
      title: 'in the other case',
      change: (value) => (value === value.toLowerCase() ? value.toUpperCase() : value.toLowerCase()),
    },
    { title: 'all zeros', change: (value) => '0'.repeat(value.length) },
  ]),
  {
    title: 'one letter of the signature',
    change: (url) => {
      const signature = getParameters(url).find(([name]) => /signature$/i.test(name))?.[1] ?? ''
      const places = [0, 1, Math.floor(signature.length / 2), signature.length - 2, signature.length - 1]
      return places.flatMap((place) =>
        ['0', 'f', 'A', '-']
          .filter((letter) => letter !== signature[place])
          .map((letter) =>
            withParameter(url, /signature$/i, (value) => value.slice(0, place) + letter + value.slice(place + 1)),
          ),
      )
    },
  },
  ...parameterMutations('expiry', /expires$/i, [
    { title: 'later by a second', change: (value) => String(Number(value) + 1) },
    { title: 'later by a year', change: (value) => String(Number(value) + 31_536_000) },
    { title: 'earlier', change: (value) => String(Number(value) - 1) },
    { title: 'with a zero before it', change: (value) => `0${value}` },
    { title: 'with a sign', change: (value) => `+${value}` },
    { title: 'negative', change: (value) => `-${value}` },
    { title: 'with an exponent', change: (value) => `${value}e3` },
    { title: 'empty', change: () => '' },
    { title: 'endless', change: () => '9'.repeat(20) },
    { title: 'no number', change: () => 'NaN' },
  ]),
  ...['signature', 'expires'].flatMap((parameter): Mutation[] => [
    {
      title: `no ${parameter}`,
      change: (url) =>
        build(
          url,
          getParameters(url).filter(([name]) => !name.toLowerCase().endsWith(parameter)),
        ),
    },
    {
      title: `${parameter} twice, a wrong one behind`,
      change: (url) =>
        build(
          url,
          getParameters(url).flatMap(([name, value]) =>
            name.toLowerCase().endsWith(parameter)
              ? [
                  [name, value],
                  [name, '9999999999'],
                ]
              : [[name, value]],
          ),
        ),
    },
    {
      title: `${parameter} twice, a wrong one before`,
      change: (url) =>
        build(
          url,
          getParameters(url).flatMap(([name, value]) =>
            name.toLowerCase().endsWith(parameter)
              ? [
                  [name, '9999999999'],
                  [name, value],
                ]
              : [[name, value]],
          ),
        ),
    },
  ]),
]

/** Changes of an address by AWS Signature Version 4. */
export const S3_MUTATIONS: readonly Mutation[] = [
  { title: 'a download', change: (url) => `${url.href}&response-content-disposition=attachment` },
  { title: 'another content type', change: (url) => `${url.href}&response-content-type=text%2Fhtml` },
  { title: 'a parameter more', change: (url) => `${url.href}&versionId=null` },
  { title: 'another folder', change: (url) => url.href.replace('/poster/', '/trailer/') },
  { title: 'the folder above', change: (url) => url.href.replace('/poster/', '/') },
  { title: 'two slashes', change: (url) => url.href.replace('/poster/', '/poster//') },
  ...parameterMutations('date', /date$/i, [
    { title: 'of tomorrow', change: (value) => shiftDate(value, 86_400) },
    { title: 'of a second later', change: (value) => shiftDate(value, 1) },
    { title: 'of yesterday', change: (value) => shiftDate(value, -86_400) },
  ]),
  ...parameterMutations('credential', /credential$/i, [
    { title: 'of another key', change: (value) => value.replace(/^[^/]+/, 'AKIAEXAMPLE') },
    { title: 'of another region', change: (value) => value.replace('us-east-1', 'eu-west-1') },
    { title: 'of another service', change: (value) => value.replace('/s3/', '/iam/') },
    { title: 'of another day', change: (value) => value.replace(/\d{8}/, '20200101') },
  ]),
  ...parameterMutations('algorithm', /algorithm$/i, [
    { title: 'weaker', change: () => 'AWS4-HMAC-SHA1' },
    { title: 'none', change: () => 'none' },
  ]),
  ...parameterMutations('signed headers', /signedheaders$/i, [
    { title: 'none', change: () => '' },
    { title: 'more', change: (value) => `${value};x-amz-date` },
  ]),
]

/** Changes of an address by a folder's own signature. */
export const LOCAL_MUTATIONS: readonly Mutation[] = [
  { title: 'a download', change: (url) => `${url.href}&download` },
  { title: 'a download with a value', change: (url) => `${url.href}&download=1` },
  { title: 'a parameter more', change: (url) => `${url.href}&v=1` },
  { title: 'an empty parameter more', change: (url) => `${url.href}&=` },
  { title: 'the names in capitals', change: (url) => `${url.origin}${url.pathname}${url.search.toUpperCase()}` },
  {
    title: 'the signature in an array',
    change: (url) => url.href.replace('signature=', 'signature[]='),
  },
]

function parameterMutations(
  what: string,
  pattern: RegExp,
  changes: { title: string; change: (value: string) => string }[],
): Mutation[] {
  return changes.map(({ title, change }) => ({
    title: `${what} ${title}`,
    change: (url) => withParameter(url, pattern, change),
  }))
}

function withParameter(url: URL, pattern: RegExp, change: (value: string) => string): string {
  return build(
    url,
    getParameters(url).map(([name, value]) => [name, pattern.test(name) ? change(value) : value]),
  )
}

function getParameters(url: URL): Parameters {
  return [...url.searchParams]
}

function build(url: URL, parameters: Parameters): string {
  const query = parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
  return `${url.origin}${url.pathname}?${query}`
}

/** A date as Signature Version 4 writes it, some seconds later. */
function shiftDate(date: string, seconds: number): string {
  const [, year, month, day, hour, minute, second] = /^(....)(..)(..)T(..)(..)(..)Z$/.exec(date) ?? []
  const moment = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) + seconds * 1000
  return new Date(moment).toISOString().replace(/[-:]|\.\d{3}/g, '')
}
