import { CLEAN_UP_SCHEMAS } from './clean-up-operations.ts'
import { TRASH_SCHEMAS } from './trash-operations.ts'
import type { ColumnType } from '../../contract/tables.ts'
import { HTTP_STATUS } from '../http-error.ts'
import type { Schema } from './openapi-types.ts'
import { amount, count, flag, list, moment, nullable, object, reference, text, word } from './schema-builders.ts'

/** Every column type as an object's key, so that the compiler tells when one is missing. */
const COLUMN_TYPES: Readonly<Record<ColumnType, true>> = {
  text: true,
  integer: true,
  bigint: true,
  float: true,
  decimal: true,
  boolean: true,
  date: true,
  time: true,
  timestamp: true,
  uuid: true,
  json: true,
  enum: true,
  other: true,
}

const ERROR_SCHEMAS: Readonly<Record<string, Schema>> = {
  Error: object({
    error: {
      ...object({
        code: word(Object.keys(HTTP_STATUS), 'What went wrong, for a program.'),
        message: text('What went wrong, as a full sentence for a person.'),
        field: text('The column or parameter that the error is about.'),
        references: list(reference('RowReference'), 'The rows that stand in the way.'),
      }),
      required: ['code', 'message'],
    },
  }),
  RowReference: object({
    table: text(),
    id: text("The row's primary key, as it stands in paths."),
    column: text('The column that holds the reference.'),
    label: text('What the row is called.'),
  }),
}

const TABLE_SCHEMAS: Readonly<Record<string, Schema>> = {
  Tables: object({
    groups: list(
      object({
        name: nullable(text('`null` for the tables that are in no group.')),
        tables: list(object(summaryProperties())),
      }),
    ),
  }),
  TableSchema: object({
    ...summaryProperties(),
    primaryKey: text("The name of the primary key's column."),
    labelColumn: text('The column that names a row for people.'),
    columns: list(reference('ColumnSchema')),
    referencedBy: list(reference('ColumnReference'), 'Columns whose foreign keys point here.'),
  }),
  ColumnReference: object({ table: text(), column: text() }),
  ColumnSchema: object({
    name: text('The name in rows and paths.'),
    label: text('For people.'),
    type: word(Object.keys(COLUMN_TYPES)),
    isArray: flag('The column holds a list of values of `type`.'),
    isNullable: flag(),
    isUnique: flag(),
    hasDefault: flag('The column is filled in when it is left out.'),
    defaultValue: { description: 'The default, when it is a plain value.' },
    isReadOnly: flag('The value cannot be given.'),
    maxLength: nullable(count('Longest text, in characters.')),
    scale: nullable({ type: 'integer', description: 'Digits after the point that a decimal keeps.' }),
    options: nullable(list(text(), 'The allowed values of an enum.')),
    foreignKey: nullable(reference('ColumnReference')),
    media: nullable(
      object({
        allowedExtensions: nullable(list(text(), 'Lower-case, without the dot; `null` for every extension.')),
        maxFileSize: nullable(count('In bytes; `null` for no limit.')),
        isResumable: flag('Uploads can go on after they broke off.'),
        isDirect: flag('Uploads go past the server, to the storage itself.'),
      }),
    ),
  }),
}

function summaryProperties(): Record<string, Schema> {
  return { name: text('The name in paths.'), label: text('For people.'), hasMedia: flag() }
}

const FILE_SCHEMAS: Readonly<Record<string, Schema>> = {
  UploadedFile: object(fileProperties()),
  ListedFile: object({
    ...fileProperties(),
    lastModified: moment(),
    isUsed: flag('A row references the file.'),
    preview: nullable(reference('FilePreview')),
  }),
  FilePreview: object(
    {
      width: count('Of the whole picture, in pixels.'),
      height: count('In pixels.'),
      placeholder: text('The picture in a few pixels, as a `data:` address.'),
    },
    'What can be shown of a file before its thumbnail is there.',
  ),
  FileInformation: object({
    ...fileProperties(),
    lastModified: moment(),
    width: nullable(count('In pixels, for images and films whose header tells it.')),
    height: nullable(count('In pixels.')),
    duration: nullable(amount('In seconds, for sound and films whose header tells it.')),
    preview: nullable(reference('FilePreview')),
    references: list(reference('RowReference'), 'The rows that reference the file, at most 100.'),
  }),
  ResumableUpload: object(uploadProperties()),
  DirectUpload: object({
    id: text('As it stands in paths.'),
    ...uploadProperties(),
    partSize: count('Bytes of a part; the last one is what is left.'),
    storedParts: list(count(), 'The numbers, from 1, of the parts that are stored.'),
    requiresChecksums: flag('Each part needs its CRC32.'),
  }),
  SignedPart: object({
    number: count('From 1.'),
    url: text('Where the bytes go, by PUT.'),
    headers: { type: 'object', description: 'To be sent along as they are.', additionalProperties: text() },
    expiresAt: moment(),
  }),
  FileUrl: object({
    url: text('An address for a browser: absolute, or a path at this host.'),
    expiresAt: nullable(moment('`null` when the address does not expire.')),
  }),
}

function uploadProperties(): Record<string, Schema> {
  return {
    name: text('The name that the file will have.'),
    length: nullable(count('In bytes; `null` until the client tells it.')),
    offset: count('Bytes that are stored for good.'),
    file: nullable(reference('UploadedFile')),
    error: nullable(object({ code: text(), message: text('Why the file was refused.') })),
  }
}

function fileProperties(): Record<string, Schema> {
  return {
    fileKey: text('What to put into the column.'),
    name: text('The name the file was uploaded with, as it was stored.'),
    size: count('In bytes.'),
    contentType: text('A media type, by the extension.'),
  }
}

const SESSION_SCHEMAS: Readonly<Record<string, Schema>> = {
  User: object({ id: text(), name: text(), email: text() }),
  Health: object({ status: readiness(), database: readiness(), storages: readiness('All storages together.') }),
}

function readiness(description?: string): Schema {
  return word(['ready', 'unavailable'], description)
}

/** The schemas of what crosses HTTP, the same for every application. */
export const CONTRACT_SCHEMAS: Readonly<Record<string, Schema>> = {
  ...ERROR_SCHEMAS,
  ...TABLE_SCHEMAS,
  ...FILE_SCHEMAS,
  ...CLEAN_UP_SCHEMAS,
  ...TRASH_SCHEMAS,
  ...SESSION_SCHEMAS,
}
