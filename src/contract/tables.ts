import type { JsonValue } from './rows.ts'

/** `GET /api/tables` */
export interface TablesResponse {
  groups: TableGroup[]
}

export interface TableGroup {
  /** `null` for the tables that are in no group. */
  name: string | null
  tables: TableSummary[]
}

export interface TableSummary {
  /** The table's name in paths, for example `movie`. */
  name: string
  /** For people: `Movie`. */
  label: string
  hasMedia: boolean
}

/** `GET /api/tables/{table}/schema` */
export interface TableSchema extends TableSummary {
  /** The name of the primary key's column. */
  primaryKey: string
  /** The column that names a row for people. */
  labelColumn: string
  columns: ColumnSchema[]
  /** Columns of this and other tables that point here. */
  referencedBy: ColumnReference[]
}

export interface ColumnReference {
  table: string
  column: string
}

export interface ColumnSchema {
  /** The column's name in rows and paths: its property name in the Drizzle table. */
  name: string
  /** For people: `Release date`. */
  label: string
  type: ColumnType
  /** The column holds a list of values of `type`. */
  isArray: boolean
  isNullable: boolean
  isUnique: boolean
  /** The database or Drizzle fills the column in when it is left out. */
  hasDefault: boolean
  /** The default, when it is a plain value. */
  defaultValue: JsonValue
  /** The value cannot be given: a generated column. */
  isReadOnly: boolean
  /** Longest text, in characters. */
  maxLength: number | null
  /** Digits after the point that a decimal keeps. */
  scale: number | null
  /** The allowed values of an enum. */
  options: string[] | null
  foreignKey: ColumnReference | null
  media: MediaRules | null
}

export type ColumnType =
  | 'text'
  | 'integer'
  | 'bigint'
  | 'float'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'uuid'
  | 'json'
  | 'enum'
  | 'other'

/** What may be uploaded to a media column. */
export interface MediaRules {
  /** Lower-case, without the dot; `null` when every extension is allowed. */
  allowedExtensions: string[] | null
  /** Longest file, in bytes; `null` for no limit. */
  maxFileSize: number | null
  /** Uploads can go on after they broke off: by tus 1.0 at `/api/media/{table}/{column}/uploads`. */
  isResumable: boolean
  /** Uploads go past the server: their parts are sent to the storage itself, as `…/{column}/direct` tells. */
  isDirect: boolean
}
