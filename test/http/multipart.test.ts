import { describe, expect, it } from 'vitest'
import { multipartBoundary, readMultipart } from '../../src/media/multipart.ts'
import { BOUNDARY, joinBytes, multipartBody } from '../support/multipart-body.ts'
import { seededRandom } from '../support/seeded-random.ts'

const MEBIBYTE = 1024 * 1024

interface ReadPart {
  name: string
  fileName: string | null
  content: string
}

/** The parts of a body that arrives in these chunks, their bytes as Latin-1. */
async function read(chunks: Iterable<Uint8Array>, boundary: string = BOUNDARY): Promise<ReadPart[]> {
  const parts: ReadPart[] = []
  for await (const { name, fileName, body } of readMultipart(arriving(chunks), boundary)) {
    let content = ''
    for await (const chunk of body) content += Buffer.from(chunk).toString('latin1')
    parts.push({ name, fileName, content })
  }
  return parts
}

async function* arriving(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks
}

/** The whole in pieces of the given sizes, over and over. */
function* split(bytes: Uint8Array, nextSize: () => number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength;) {
    const size = nextSize()
    yield bytes.subarray(start, start + size)
    start += size
  }
}

const body = (text: string) => joinBytes([text.replaceAll('BOUNDARY', BOUNDARY)])

const PART = '--BOUNDARY\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
const A = (content: string) => [{ name: 'file', fileName: 'a.jpg', content }]

describe('a multipart body', () => {
  it.each<[string, string, ReadPart[]]>([
    ['of one part', `${PART}bytes\r\n--BOUNDARY--\r\n`, A('bytes')],
    ['with an empty file', `${PART}\r\n--BOUNDARY--\r\n`, A('')],
    ['without parts', '--BOUNDARY--\r\n', []],
    ['that ends with its last hyphen', `${PART}bytes\r\n--BOUNDARY--`, A('bytes')],
    ['with a preamble', `for old clients\r\n${PART}bytes\r\n--BOUNDARY--`, A('bytes')],
    ['with an empty preamble', `\r\n${PART}bytes\r\n--BOUNDARY--`, A('bytes')],
    ['with an epilogue', `${PART}bytes\r\n--BOUNDARY--\r\n${PART}never read\r\n--BOUNDARY--`, A('bytes')],
    ['with padding behind a boundary', `${PART.replace('\r\n', ' \t \r\n')}bytes\r\n--BOUNDARY \t--`, A('bytes')],
    ['whose content begins with line ends', `${PART}\r\n\r\nbytes\r\n--BOUNDARY--`, A('\r\n\r\nbytes')],
    ['whose content ends with line ends', `${PART}bytes\r\n\r\n\r\n--BOUNDARY--`, A('bytes\r\n\r\n')],
    ['whose content is line ends', `${PART}\r\r\n\n\r\r\n--BOUNDARY--`, A('\r\r\n\n\r')],
    ['with the boundary amid a line', `${PART}x--BOUNDARY--\r\n--BOUNDARY--`, A(`x--${BOUNDARY}--`)],
    ['with the boundary behind a bare LF', `${PART}x\n--BOUNDARY--\r\n--BOUNDARY--`, A(`x\n--${BOUNDARY}--`)],
    ['with the boundary behind a bare CR', `${PART}x\r--BOUNDARY--\r\n--BOUNDARY--`, A(`x\r--${BOUNDARY}--`)],
    [
      'with beginnings of the boundary',
      `${PART}\r\n--\r\n------\r\n--BOUNDAR\r\n--BOUNDARY--`.replace('BOUNDAR\r', `${BOUNDARY.slice(0, -1)}\r`),
      A(`\r\n--\r\n------\r\n--${BOUNDARY.slice(0, -1)}`),
    ],
    ['with all byte values', `${PART}\u0000\u0001\u001a\r\n--BOUNDARY--`, A('\u0000\u0001\u001a')],
    [
      'with another one in it',
      `${PART}--inner\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n--inner--\r\n--BOUNDARY--`,
      A('--inner\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n--inner--'),
    ],
    [
      'with headers in any case and order',
      '--BOUNDARY\r\nX-Other: 1\r\nCONTENT-DISPOSITION:FORM-DATA;FILENAME=a.jpg;NAME=file\r\n\r\nbytes\r\n--BOUNDARY--',
      A('bytes'),
    ],
    [
      'with escapes in its names',
      '--BOUNDARY\r\nContent-Disposition: form-data; name="a%22b"; filename="c%0D%0Ad\\"e%41.jpg"\r\n\r\n\r\n--BOUNDARY--',
      [{ name: 'a"b', fileName: 'c\r\nd"e%41.jpg', content: '' }],
    ],
    [
      'with a parameter inside a quoted name',
      '--BOUNDARY\r\nContent-Disposition: form-data; filename="a; name=evil"; name="file"\r\n\r\n\r\n--BOUNDARY--',
      [{ name: 'file', fileName: 'a; name=evil', content: '' }],
    ],
    [
      'with a name in UTF-8',
      '--BOUNDARY\r\nContent-Disposition: form-data; name="file"; filename="映画.jpg"\r\n\r\n\r\n--BOUNDARY--',
      [{ name: 'file', fileName: '映画.jpg', content: '' }],
    ],
    [
      'with a plain field and an empty file name',
      '--BOUNDARY\r\nContent-Disposition: form-data; name="title"\r\n\r\nAlien\r\n' +
        '--BOUNDARY\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--BOUNDARY--',
      [
        { name: 'title', fileName: null, content: 'Alien' },
        { name: 'file', fileName: '', content: '' },
      ],
    ],
  ])('%s is read, wherever it is cut', async (_what, text, parts) => {
    const bytes = body(text)
    expect(await read([bytes])).toEqual(parts)
    for (let cut = 0; cut <= bytes.byteLength; cut += 1) {
      expect(await read([bytes.subarray(0, cut), new Uint8Array(0), bytes.subarray(cut)])).toEqual(parts)
    }
    for (const size of [1, 2, 3, 7]) expect(await read(split(bytes, () => size))).toEqual(parts)
  })

  it.each([
    ['is empty', ''],
    ['is only a line end', '\r\n'],
    ['is no multipart at all', 'bytes'],
    ['is HTML', '<html></html>'],
    ['never closes', `${PART}bytes`],
    ['ends with a boundary', `${PART}bytes\r\n--BOUNDARY`],
    ['ends behind a boundary', `${PART}bytes\r\n--BOUNDARY\r\n`],
    ['ends with half a closing', `${PART}bytes\r\n--BOUNDARY-`],
    ['ends in a header', '--BOUNDARY\r\nContent-Disposition: form-data; na'],
    ['has bare line feeds', `${PART}bytes\r\n--BOUNDARY--`.replaceAll('\r\n', '\n')],
    ['goes on behind a boundary', `${PART}bytes\r\n--BOUNDARYx\r\n--BOUNDARY--`],
    ['has a header without end', '--BOUNDARY\r\nContent-Disposition: form-data; name="file"\r\n'],
    ['has a part without a name', '--BOUNDARY\r\nContent-Disposition: form-data\r\n\r\n\r\n--BOUNDARY--'],
    ['has another disposition', '--BOUNDARY\r\nContent-Disposition: attachment; name="file"\r\n\r\n\r\n--BOUNDARY--'],
    ['has a part without disposition', '--BOUNDARY\r\nContent-Type: image/jpeg\r\n\r\n\r\n--BOUNDARY--'],
    ['has a part without a header', `--BOUNDARY\r\n\r\nbytes\r\n${PART}bytes\r\n--BOUNDARY--`],
    ['has a part within a header', `--BOUNDARY\r\nContent-Type: x\r\n${PART}bytes\r\n--BOUNDARY--`],
    [
      'names a part twice',
      '--BOUNDARY\r\nContent-Disposition: form-data; name="title"\r\n' +
        'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n\r\n--BOUNDARY--',
    ],
    ['has a name twice', '--BOUNDARY\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n\r\n--BOUNDARY--'],
    ['has an open quote', '--BOUNDARY\r\nContent-Disposition: form-data; x="; name=a\r\n\r\n\r\n--BOUNDARY--'],
    [
      'folds a header',
      '--BOUNDARY\r\nContent-Disposition: form-data;\r\n name="file"; filename="a.jpg"\r\n\r\n\r\n--BOUNDARY--',
    ],
    ...['\n', '\r', '\0', '\n\r', '\u001b', '\u007f', '\nContent-Length: 0', '\rX: y'].flatMap((text) => [
      [
        `has ${JSON.stringify(text)} in a name`,
        `--BOUNDARY\r\nContent-Disposition: form-data; name="file"; filename="a${text}.jpg"\r\n\r\nx\r\n--BOUNDARY--`,
      ],
      [
        `has ${JSON.stringify(text)} in another header`,
        `${PART.replace('\r\n\r\n', `\r\nX-Note: a${text}b\r\n\r\n`)}x\r\n--BOUNDARY--`,
      ],
      [
        `has ${JSON.stringify(text)} between two parameters`,
        `--BOUNDARY\r\nContent-Disposition: form-data; name="file";${text}filename="a.jpg"\r\n\r\nx\r\n--BOUNDARY--`,
      ],
    ]),
    [
      'has a file name twice',
      '--BOUNDARY\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"; FileName="b.jpg"\r\n\r\n\r\n--BOUNDARY--',
    ],
    ['has a space before a colon', '--BOUNDARY\r\nContent-Disposition : form-data; name="a"\r\n\r\n\r\n--BOUNDARY--'],
    ['has a header of 17 kB', `--BOUNDARY\r\nX-Padding: ${'x'.repeat(17_000)}\r\n${PART.slice(12)}--BOUNDARY--`],
  ])('is refused when it %s, wherever it is cut', async (_what, text) => {
    const bytes = body(text)
    const step = Math.max(1, Math.floor(bytes.byteLength / 200))
    for (let cut = 0; cut <= bytes.byteLength; cut += step) {
      await expect(read([bytes.subarray(0, cut), bytes.subarray(cut)])).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
      })
    }
  })

  it('may have 1000 parts and no more', async () => {
    expect(await read([multipartBody(fields(1000)).body])).toHaveLength(1000)
    await expect(read([multipartBody(fields(1001)).body])).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
  })

  it('may have one million bytes that are in no file', async () => {
    expect(await readNamesOnly(getField(1_000_000))).toEqual(['title', 'file'])
    await expect(readNamesOnly(getField(1_000_001))).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
  })

  it('is read the same in every one of 2000 random cuts', async () => {
    const random = seededRandom(20_260_101)
    for (let round = 0; round < 200; round += 1) {
      const parts = Array.from({ length: random(4) }, () => ({ fileName: 'a.jpg', content: nastyBytes(random) }))
      const { body: bytes } = multipartBody(parts)
      const expected = parts.flatMap(({ content }) => A(Buffer.from(content).toString('latin1')))
      for (let cut = 0; cut < 10; cut += 1) {
        const largest = [1, 2, 5, 40, 200][random(5)]!
        expect(await read(split(bytes, () => 1 + random(largest)))).toEqual(expected)
      }
    }
  })

  it('of random bytes is refused, and never breaks the reader', async () => {
    const random = seededRandom(7)
    for (let round = 0; round < 2000; round += 1) {
      const { body: bytes } = multipartBody([{ fileName: 'a.jpg', content: nastyBytes(random) }])
      for (let change = 0; change <= random(4); change += 1) bytes[random(bytes.byteLength)] = random(256)
      const outcome = await read(split(bytes, () => 1 + random(60))).catch((error: unknown) => error)
      if (!Array.isArray(outcome)) expect(outcome).toMatchObject({ code: 'INVALID_REQUEST' })
    }
  })

  it('of 128 MB is read without being gathered', async () => {
    const chunk = new Uint8Array(65_536).fill(0x2d)
    let largest = 0
    async function* endless() {
      yield body(PART)
      for (let sent = 0; sent < 128 * MEBIBYTE; sent += chunk.byteLength) {
        yield chunk
        largest = Math.max(largest, process.memoryUsage().arrayBuffers)
      }
      yield body('\r\n--BOUNDARY--')
    }
    const before = process.memoryUsage().arrayBuffers
    let size = 0
    for await (const part of readMultipart(endless(), BOUNDARY)) {
      for await (const piece of part.body) size += piece.byteLength
    }
    expect(size).toBe(128 * MEBIBYTE)
    expect(largest - before).toBeLessThan(64 * MEBIBYTE)
  })
})

const fields = (count: number) => Array.from({ length: count }, () => ({ name: 'a', content: '' }))

const getField = (size: number) =>
  multipartBody([
    { name: 'title', content: 'x'.repeat(size) },
    { fileName: 'a', content: '' },
  ]).body

async function readNamesOnly(bytes: Uint8Array): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of readMultipart(arriving(split(bytes, () => 65_536)), BOUNDARY)) names.push(name)
  return names
}

/** Line ends, hyphens and beginnings of the boundary, where a reader goes wrong if it does. */
function nastyBytes(random: (limit: number) => number): Uint8Array {
  const pieces = ['\r\n', '\r', '\n', '-', '--', `\r\n--${BOUNDARY.slice(0, 5)}`, `\r\n--${BOUNDARY.slice(0, -1)}`, 'x']
  return joinBytes(Array.from({ length: random(30) }, () => pieces[random(pieces.length)]!))
}

describe('a boundary', () => {
  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['multipart/form-data; boundary="a b:c"', 'a b:c'],
    ['Multipart/Form-Data; charset=utf-8; BOUNDARY=abc', 'abc'],
    ['multipart/form-data;boundary=abc;x=y', 'abc'],
    [`multipart/form-data; boundary=${'a'.repeat(70)}`, 'a'.repeat(70)],
    ["multipart/form-data; boundary=a'()+_,-./:=?", "a'()+_,-./:=?"],
    ['application/json', null],
    ['image/jpeg; boundary=abc', null],
    ['multipart/mixed; boundary=abc', null],
    ['multipart/form-data-x; boundary=abc', null],
    ['', null],
  ])('is read from %s', (contentType, boundary) => {
    expect(multipartBoundary(contentType)).toBe(boundary)
  })

  it.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=""',
    'multipart/form-data; xboundary=abc',
    `multipart/form-data; boundary=${'a'.repeat(71)}`,
    'multipart/form-data; boundary="a\u0000b"',
    'multipart/form-data; boundary=é',
    'multipart/form-data; boundary=A; boundary=B',
    'multipart/form-data; boundary=A; boundary=A',
    'multipart/form-data; boundary=A; BOUNDARY="B"',
    'multipart/form-data; charset=a; charset=b; boundary=A',
    'multipart/form-data; x=";boundary=A',
    'multipart/form-data; x="; boundary=A"',
    'multipart/form-data; boundary=A, multipart/form-data; boundary=B',
    'multipart/form-data; boundary="a\\"b"',
    'multipart/form-data; boundary="a\\b"',
    'multipart/form-data; boundary=A B',
    'multipart/form-data; boundary',
  ])('is refused: %j', (contentType) => {
    expect(() => multipartBoundary(contentType)).toThrow('its boundary is missing or malformed')
  })

  it.each(['a', '-', '--', "'()+_,-./:=?", 'a'.repeat(70), '0'.repeat(70), 'a b'])('may be %j', async (boundary) => {
    const { body: bytes } = multipartBody([{ fileName: 'a.jpg', content: '\r\n--\r\n-' }], boundary)
    for (const size of [1, 3, 1000])
      expect(
        await read(
          split(bytes, () => size),
          boundary,
        ),
      ).toEqual(A('\r\n--\r\n-'))
  })

  it('costs no more when it was chosen to be slow to find', async () => {
    const before = process.cpuUsage()
    for (const [boundary, filling] of [
      ['a'.repeat(70), 'a'],
      [`b${'a'.repeat(69)}`, 'a'],
      ['ab'.repeat(35), 'ab'],
      ['-'.repeat(70), '-'],
      ['x', '\r\n-'],
    ] as const) {
      const content = Buffer.alloc(4 * MEBIBYTE, filling).toString('latin1')
      const { body: bytes } = multipartBody([{ fileName: 'a.jpg', content }], boundary)
      const [part] = await read(
        split(bytes, () => 65_536),
        boundary,
      )
      expect(part?.content === content).toBe(true)
    }
    const { user, system } = process.cpuUsage(before)
    const milliseconds = (user + system) / 1000
    expect(milliseconds).toBeLessThan(8000)
    process.stdout.write(`S17: 20 MiB behind boundaries that are slow to find: ${milliseconds.toFixed(0)} ms\n`)
  })
})
