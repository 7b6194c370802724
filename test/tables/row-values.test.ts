import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../src/contract/rows.ts'
import { TableError } from '../../src/tables/table-error.ts'
import { TableRegistry } from '../../src/tables/table-registry.ts'
import type { TableService } from '../../src/tables/table-service.ts'
import { required } from './required.ts'
import { specimen } from './specimen.ts'
import { ENGINES, type TestDatabase } from './test-database.ts'

describe.each(ENGINES)('values of a row on $name', ({ missing, open }) => {
  if (missing !== null) {
    it.skip(`is skipped: ${missing}`, () => {})
    return
  }

  let database: TestDatabase
  let specimens: TableService

  beforeAll(async () => {
    database = await open()
    const { db } = database
    const registry = new TableRegistry({ db, tables: [{ table: specimen }], checkFileKeys: async () => [] })
    specimens = required(registry.get('specimen'))
  })

  afterAll(() => database.close())

  beforeEach(async () => {
    await database.db.delete(specimen)
    await specimens.createRow({ code: 'one' })
  })

  /** Stores a value in the row `one` and reads it again. */
  async function store(column: string, value: unknown): Promise<JsonValue | undefined> {
    await specimens.updateRow('one', { [column]: value })
    return required(await specimens.readRow('one')).row[column]
  }

  it.each([
    ['small', -32768, -32768],
    ['bigNumber', '9007199254740991', '9007199254740991'],
    ['bigNumber', 12, '12'],
    ['bigInteger', '9223372036854775807', '9223372036854775807'],
    ['bigInteger', '-9223372036854775808', '-9223372036854775808'],
    ['single', 0.5, 0.5],
    ['double', -1.7976931348623157e308, -1.7976931348623157e308],
    ['exact', '123456789012345678901234567890.000123', '123456789012345678901234567890.000123'],
    ['exact', 1.5, '1.5'],
    ['price', '9999.99', '9999.99'],
    ['price', '0010.500', '10.5'],
    ['isGood', false, false],
    ['day', '2024-02-29', '2024-02-29'],
    ['day', '0001-01-01', '0001-01-01'],
    ['dayDate', '2024-02-29', '2024-02-29'],
    ['clock', '23:59:59.5', '23:59:59.5'],
    ['moment', '2024-05-31T20:15:00Z', '2024-05-31T20:15:00.000Z'],
    ['moment', '2024-05-31 20:15', '2024-05-31T20:15:00.000Z'],
    ['moment', '2024-05-31T20:15:00+02:00', '2024-05-31T18:15:00.000Z'],
    ['momentText', '2024-05-31T20:15:00.250Z', expect.stringMatching(/^2024-05-31T20:15:00.25\+00:00$/u)],
    ['reference', '3BEAC950-7721-46C9-9E7D-5E908EF51011', '3beac950-7721-46c9-9e7d-5e908ef51011'],
    ['notes', { text: 'a "quoted" word', list: [1, null, true] }, { text: 'a "quoted" word', list: [1, null, true] }],
    ['settings', [], []],
    ['settings', { toString: 1, constructor: { prototype: 2 } }, { toString: 1, constructor: { prototype: 2 } }],
    ['size', 'large', 'large'],
    ['initials', '🎬🎬🎬', '🎬🎬🎬'],
    ['initials', '', ''],
    ['numbers', [1, -2, 3], [1, -2, 3]],
    ['numbers', [], []],
    ['moments', ['2024-05-31T20:15:00Z'], ['2024-05-31T20:15:00.000Z']],
    ['address', '192.168.0.1', '192.168.0.1'],
    ['small', null, null],
    ['numbers', null, null],
    ['settings', null, null],
  ])('stores in %s the value %j', async (column, value, stored) => {
    expect(await store(column, value)).toEqual(stored)
  })

  it.each([
    ['small', 32768, 'small must be a whole number from -32768 to 32767; 32768 is not.'],
    ['small', 1.5, 'small must be a whole number from -32768 to 32767; 1.5 is not.'],
    ['small', '5', 'small must be a whole number from -32768 to 32767; "5" is not.'],
    ['small', [5], 'small must be a whole number from -32768 to 32767; a list is not.'],
    ['small', true, 'small must be a whole number from -32768 to 32767; true is not.'],
    ['bigNumber', '9007199254740992', 'bigNumber must be a whole number from -9007199254740991 to 9007199254740991'],
    ['bigInteger', '9223372036854775808', 'bigInteger must be a whole number from -9223372036854775808'],
    ['bigInteger', 9007199254740992, 'bigInteger must be a whole number'],
    ['bigInteger', '0x10', 'bigInteger must be a whole number'],
    ['single', 1e39, 'single must be a number up to 3.4e+38; 1e+39 is not.'],
    ['double', '1', 'double must be a number'],
    ['exact', 'NaN', 'exact must be a decimal number such as "12.5"; "NaN" is not.'],
    ['exact', '1,5', 'exact must be a decimal number'],
    ['price', '1.005', 'price must have at most 2 digits after the point.'],
    ['price', '10000', 'price must have at most 4 digits before the point.'],
    ['isGood', 'true', 'isGood must be true or false; "true" is not.'],
    ['isGood', 1, 'isGood must be true or false; 1 is not.'],
    ['day', '2024-02-30', 'day must be a date such as 2024-05-31; "2024-02-30" is not.'],
    ['day', 'tomorrow', 'day must be a date such as 2024-05-31; "tomorrow" is not.'],
    ['day', 'infinity', 'day must be a date'],
    ['day', 20240101, 'day must be a date'],
    ['clock', '24:00', 'clock must be a time of day such as 20:15:00; "24:00" is not.'],
    ['moment', '2024-05-31', 'moment must be a date and time such as 2024-05-31T20:15:00Z; "2024-05-31" is not.'],
    ['moment', '2024-02-30T00:00:00Z', 'moment must be a date and time'],
    ['moment', { toISOString: 1 }, 'moment must be a date and time such as 2024-05-31T20:15:00Z; an object is not.'],
    ['reference', 'xyz', 'reference must be a UUID such as 3beac950-7721-46c9-9e7d-5e908ef51011; "xyz" is not.'],
    ['size', 'medium', 'size must be one of small, large; "medium" is not.'],
    ['size', 'constructor', 'size must be one of small, large'],
    ['initials', 'ABCD', 'initials must have at most 3 characters; this one has 4.'],
    ['initials', ['A'], 'initials must be a text; a list is not.'],
    ['initials', { length: 1 }, 'initials must be a text; an object is not.'],
    ['initials', 'a\0', 'initials must not contain the character U+0000.'],
    ['initials', '\ud83c', 'initials must not contain half a character (an unpaired surrogate).'],
    ['numbers', 1, 'numbers must be a list; 1 is not.'],
    ['numbers', '{1,2}', 'numbers must be a list; "{1,2}" is not.'],
    ['numbers', [1, null], 'numbers must be a list without null.'],
    ['numbers', [1, [2]], 'numbers must be a whole number from -2147483648 to 2147483647; a list is not.'],
    ['settings', { text: 'a\0' }, 'settings must not contain the character U+0000.'],
    ['settings', { 'a\0': 1 }, 'settings must not contain the character U+0000.'],
    ['settings', nested(101), 'settings must not be nested deeper than 100 levels.'],
    ['code', null, 'code must be given: it cannot be null.'],
    ['serialNumber', 7, 'serialNumber cannot be given: the database makes it.'],
    ['doubled', 7, 'doubled cannot be given: the database makes it.'],
    ['bytes', 'AAAA', 'bytes cannot be given'],
    ['big_number', '1', 'The table specimen has no column "big_number": its columns are code, serialNumber,'],
    ['constructor', 'x', 'The table specimen has no column "constructor"'],
    ['toString', 'x', 'The table specimen has no column "toString"'],
  ])(
    'refuses in %s the value %j',
    async (column, value, message) => {
      const error = await store(column, value).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(TableError)
      expect(error).toMatchObject({ code: 'INVALID_VALUE', field: column, message: expect.stringContaining(message) })
    },
    20_000,
  )

  it('refuses a value of a million characters, and does not repeat it', async () => {
    const long = '1'.repeat(1_000_000)
    const columns = ['initials', 'bigInteger', 'exact', 'reference', 'size', 'day', 'moment', 'clock', 'isGood']
    for (const column of columns) {
      const error = await store(column, long).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'INVALID_VALUE', field: column })
      expect(String(error).length).toBeLessThan(250)
    }
  })

  it('refuses a JSON value that would exhaust the stack', async () => {
    await expect(store('notes', nested(200_000))).rejects.toMatchObject({ code: 'INVALID_VALUE', field: 'notes' })
    expect(await store('notes', nested(100))).toEqual(nested(100))
  })

  it('refuses __proto__ as a column, and pollutes nothing', async () => {
    const hostile: object = JSON.parse('{"__proto__":{"isAdmin":true},"size":"large"}')
    await expect(specimens.updateRow('one', hostile)).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      field: '__proto__',
    })
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined()
    expect(required(await specimens.readRow('one')).row['size']).toBe('small')
  })

  it('keeps __proto__ inside a JSON value as a plain key', async () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"isAdmin":true}}')
    const stored = await store('settings', hostile)
    expect(JSON.stringify(stored)).toBe('{"__proto__":{"isAdmin":true}}')
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined()
  })

  it('stores every hostile text as it is', async () => {
    const texts = [`'; drop table specimen; --`, `\\'`, '$1', '"', '{a,b}', '\u202e', '%s', '<script>']
    for (const text of texts) {
      await specimens.createRow({ code: text, settings: text })
      const { row } = required(await specimens.readRow(text))
      expect(row).toMatchObject({ code: text, settings: text })
      expect(await specimens.deleteRow(text)).toBe(true)
    }
  })

  it('names the column where the database refuses a value', async () => {
    await expect(store('address', 'somewhere')).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      field: 'address',
      message: 'address "somewhere" does not have the form that the database expects.',
    })
    await expect(store('small', 13)).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      field: 'small',
      message: 'small 13 breaks a rule of the table, "specimen_small_check".',
    })
    await expect(specimens.updateRow('one', { parent: 'nobody', size: 'large' })).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      field: 'parent',
      message: 'parent "nobody" names a row that does not exist.',
    })
    await expect(specimens.createRow({ code: 'one', size: 'large' })).rejects.toMatchObject({
      code: 'CONFLICT',
      field: 'code',
      message: 'code "one" is taken: another row has it, and it must be unique.',
    })
  })

  it('refuses a key that is too long for the index', async () => {
    const bytes = Array.from({ length: 20_000 }, (_, index) => ((index * 2_654_435_761) % 4_294_967_296).toString(36))
    const error = await specimens.createRow({ code: bytes.join('') }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'INVALID_VALUE', field: 'code' })
    expect(String(error).length).toBeLessThan(300)
  })

  it('reads what JSON has no word for as a text, and not as an error', async () => {
    await database.db.update(specimen).set({ double: Number.NaN }).where(eq(specimen.code, 'one'))
    await database.db.execute(
      `update specimen set exact = 'NaN', day_date = 'infinity', moments = '{infinity}', bytes = '\\x0102', place = '(1,2)'`,
    )
    expect(required(await specimens.readRow('one')).row).toMatchObject({
      double: 'NaN',
      exact: 'NaN',
      dayDate: null,
      moments: [null],
      bytes: '2 bytes',
      place: [1, 2],
    })
  })
})

function nested(levels: number): JsonValue {
  let value: JsonValue = []
  for (let level = 1; level < levels; level += 1) value = [value]
  return value
}
