import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { Row } from '../../../src/contract/rows.ts'
import type { TableSchema } from '../../../src/contract/tables.ts'
import type { FileLocation } from '../api.ts'
import type { IconName } from '../components/icon.tsx'
import { useDebouncedValue } from '../components/use-debounced-value.ts'
import { CLEAN_UP_PATH, newRowPath, rowPath, tablePath } from '../paths.ts'
import { rowsQuery, tableSchemaQuery, tablesQuery } from '../queries.ts'
import { useSession } from '../sign-in/session-context.ts'
import { useSignOut } from '../sign-in/use-sign-out.ts'
import { fileKeys, rowId, rowLabel } from '../table-list/row-identity.ts'
import { THEMES, themeIcons, themeLabels, useTheme } from './theme.ts'

export interface PaletteCommand {
  id: string
  label: string
  icon: IconName
  /** The image a row is recognised by, in the icon's place. */
  file: FileLocation | null
  run: () => void
}

export interface PaletteSection {
  title: string
  commands: PaletteCommand[]
}

export interface PaletteSections {
  sections: PaletteSection[]
  isSearching: boolean
  /** Whether the first result is the one for this very text. */
  isFirstKnown: boolean
  /** What can be searched for, here. */
  hint: string
}

/** What the palette offers for a text: tables and actions by name, rows of the table at hand by what they hold. */
export function usePaletteSections(text: string): PaletteSections {
  const wanted = text.trim()
  const rows = useRowCommands(wanted)
  const tables = useTableCommands()
  const actions = useActionCommands(rows.schema)
  const matches = (command: PaletteCommand) => command.label.toLowerCase().includes(wanted.toLowerCase())
  const sections = [
    { title: 'Tables', commands: tables.filter(matches) },
    { title: rows.schema ? `Rows in ${rows.schema.label}` : 'Rows', commands: rows.commands },
    { title: 'Actions', commands: actions.filter(matches) },
  ]
  return {
    sections: sections.filter((section) => section.commands.length > 0),
    isSearching: rows.isSearching,
    // Tables stand before the rows, which may still be on their way.
    isFirstKnown: !rows.isSearching || tables.some(matches),
    hint: rows.schema ? `Find a table, a row in ${rows.schema.label}, an action` : 'Find a table or an action',
  }
}

function useTableCommands(): PaletteCommand[] {
  const [, navigate] = useLocation()
  const { data } = useQuery(tablesQuery())
  const tables = data?.groups.flatMap((group) => group.tables) ?? []
  return tables.map((table) => ({
    id: `table:${table.name}`,
    label: table.label,
    icon: table.hasMedia ? 'images' : 'table',
    file: null,
    run: () => navigate(tablePath(table.name)),
  }))
}

const MAX_ROWS = 8

interface RowCommands {
  /** The table at hand; none on pages that belong to no table. */
  schema: TableSchema | undefined
  commands: PaletteCommand[]
  isSearching: boolean
}

function useRowCommands(wanted: string): RowCommands {
  const [, navigate] = useLocation()
  const table = useTableAtHand()
  const settled = useDebouncedValue(wanted, 150)
  const { data: schema } = useQuery({ ...tableSchemaQuery(table), enabled: table !== '' })
  const rows = useQuery({
    ...rowsQuery(table, { search: settled, pageSize: MAX_ROWS }),
    enabled: table !== '' && settled !== '',
  })
  if (!schema || wanted === '') return { schema, commands: [], isSearching: false }
  return {
    schema,
    commands: (rows.data?.rows ?? []).map((row) => rowCommand(row, schema, navigate)),
    isSearching: rows.isFetching || settled !== wanted,
  }
}

/** The table that the address names; empty when it names none. */
function useTableAtHand(): string {
  const [location] = useLocation()
  return /^\/tables\/([^/]+)/.exec(location)?.[1] ?? ''
}

function rowCommand(row: Row, schema: TableSchema, navigate: (path: string) => void): PaletteCommand {
  const id = rowId(row, schema)
  return {
    id: `row:${id}`,
    label: rowLabel(row, schema),
    icon: 'table',
    file: firstFile(row, schema),
    run: () => navigate(rowPath(schema.name, id)),
  }
}

function firstFile(row: Row, schema: TableSchema): FileLocation | null {
  for (const column of schema.columns.filter((candidate) => candidate.media)) {
    const [fileKey] = fileKeys(row[column.name])
    if (fileKey !== undefined) return { table: schema.name, column: column.name, fileKey }
  }
  return null
}

function useActionCommands(schema: TableSchema | undefined): PaletteCommand[] {
  const [, navigate] = useLocation()
  const [theme, setTheme] = useTheme()
  const signOut = useSignOut()
  const { readOnly } = useSession()
  const create: PaletteCommand[] =
    schema && !readOnly ? [action('New row in ' + schema.label, 'add', () => navigate(newRowPath(schema.name)))] : []
  const cleanUp = action('Clean up unused files', 'archive', () => navigate(CLEAN_UP_PATH))
  const themes = THEMES.filter((other) => other !== theme).map((other) =>
    action(themeLabels[other], themeIcons[other], () => setTheme(other)),
  )
  const leave = signOut ? [action('Sign out', 'sign-out', signOut)] : []
  return [...create, cleanUp, ...themes, ...leave]
}

function action(label: string, icon: IconName, run: () => void): PaletteCommand {
  return { id: `action:${label}`, label, icon, file: null, run }
}
