import { describe, expect, it } from 'vitest'
import { ParsedTable, type TableFormat } from '../../ui/src/viewers/table/parse-table.ts'

const NOTHING_SAID: TableFormat = { delimiter: null, encoding: null }

/** All rows of a table whose first part has the guesses made from it, and whose rest comes byte by byte. */
function getRows(bytes: Uint8Array, format: Partial<TableFormat> = {}): string[][] {
  const table = new ParsedTable(bytes, { ...NOTHING_SAID, ...format })
  for (const byte of bytes) table.add(Uint8Array.of(byte))
  return table.readRows(0, table.rowCount)
}

function utf16(text: string, order: 'little' | 'big'): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(index * 2, text.charCodeAt(index), order === 'little')
  return bytes
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

describe('a table in UTF-16', () => {
  it.each(['little', 'big'] as const)('is read by its mark, %s end first', (order) => {
    const text = '\ufeffName\tGröße\r\nMüller\t12\r\n\r\n"ਊ\u0a0d\r\n\u2c22"\t\u0d0a\r\n'
    expect(getRows(utf16(text, order), { delimiter: '\t' })).toEqual([
      ['Name', 'Größe'],
      ['Müller', '12'],
      ['ਊ\u0a0d\r\n\u2c22', '\u0d0a'],
    ])
    expect(getRows(utf16('\ufeffa;b\n1;2', order))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })
})

describe('the line that names the separator', () => {
  it.each(['sep=;\r\n', 'SEP=;\n', '\ufeffsep=;\n', '"sep=;"\r\n'])('%j sets it and is no row', (line) => {
    expect(getRows(utf8(`${line}a,x;b\r\n1;2\r\n`))).toEqual([
      ['a,x', 'b'],
      ['1', '2'],
    ])
  })

  it('counts before the extension', () => {
    expect(getRows(utf8('sep=,\na,b'), { delimiter: '\t' })).toEqual([['a', 'b']])
  })

  it('is a row where it says something else', () => {
    expect(getRows(utf8('sep=abc,1\n2,3'))).toEqual([
      ['sep=abc', '1'],
      ['2', '3'],
    ])
  })
})

describe('a table in another encoding', () => {
  it('is windows-1252 when it is not UTF-8 and nobody chose', () => {
    expect(getRows(hex('4d fc 2c 31'))).toEqual([['Mü', '1']])
  })

  it('is read in the encoding that was chosen', () => {
    expect(getRows(hex('c3fbb3c6 2c bcdbb8f1 0a d5c5c8fd 2c 3132 0a'), { encoding: 'gbk' })).toEqual([
      ['名称', '价格'],
      ['张三', '12'],
    ])
    expect(getRows(hex('c6 cf d4 cf 2c 31'), { encoding: 'koi8-r' })).toEqual([['фото', '1']])
  })

  it('takes no half of a character for a delimiter', () => {
    // 0x7C, a vertical bar, is the second byte of ポ in Shift_JIS: 83 7C.
    expect(getRows(hex('83 7c 7c 61'), { encoding: 'shift_jis', delimiter: '|' })).toEqual([['ポ', 'a']])
  })
})
