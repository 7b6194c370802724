/** Refused values, by SQLSTATE, and the end of a sentence that begins with the column's name or `A value`. */
export const INVALID_VALUE_STATES: ReadonlyMap<string, string> = new Map([
  ['22001', 'is too long'],
  ['22003', 'is too large a number, or too small a one'],
  ['22007', 'is not a date or time that the database understands'],
  ['22008', 'is out of the range of dates'],
  ['22021', 'contains a character that the database cannot store'],
  ['22P02', 'does not have the form that the database expects'],
  ['22P05', 'contains a character that the database cannot store'],
  ['23502', 'must be given: it cannot be null'],
  ['23503', 'names a row that does not exist'],
  ['23514', 'breaks a rule of the table'],
  ['54000', 'is too long for the index of the column'],
])

/** Values that are fine in themselves but stand against another row, by SQLSTATE. */
export const CONFLICT_STATES: ReadonlyMap<string, string> = new Map([
  ['23001', 'is referenced by other rows'],
  ['23505', 'is taken: another row has it, and it must be unique'],
  ['23P01', 'stands against another row'],
])

/** Codes of Node's sockets, of the `postgres` driver, and of Postgres when it takes no connections. */
export const CONNECTION_FAILURE_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  '53300',
  '57P01',
  '57P02',
  '57P03',
])
