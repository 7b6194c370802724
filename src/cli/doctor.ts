import type { Diagnosis, DiagnosisContext } from '../storage/core/diagnosis.ts'
import { getLocations } from '../storage/core/fallback.ts'
import { diagnoseDatabase } from './diagnose-database.ts'
import { type Command, type CommandCall, EXIT, type ExitCode } from './command.ts'
import { getColumns, requireColumn } from './configured-storages.ts'
import { UsageError } from './usage-error.ts'

/** Checks the storages of the configuration by using them. */
export const doctorCommand: Command = {
  name: 'doctor',
  parameters: '[table.column | storage ...]',
  summary: 'Check the database and each configured storage, and say how to fix what fails.',
  details: [
    'Without names it checks the database, the storages of all tables, their fallbacks, and the storages by name.',
    'It stores a small file in each, reads it and deletes it again.',
  ],
  options: {
    json: { meaning: 'Print the result as JSON.' },
    origin: { value: 'url', meaning: 'Where browsers find the admin: for buckets that take uploads directly.' },
  },
  exitCodes: {
    0: 'Nothing has failed; there may be warnings.',
    1: 'A check has failed.',
    2: 'The command was called wrongly, or the configuration cannot be used.',
    130: 'It was stopped.',
  },
  run: runDoctor,
}

/** What the doctor calls it, where it is, and its checks: the database, or a storage. */
interface Subject {
  name: string
  location: string
  diagnose: (context: DiagnosisContext) => AsyncGenerator<Diagnosis>
}

async function runDoctor({ config, parameters, options, output, signal }: CommandCall): Promise<ExitCode> {
  const isJson = options.json === true
  const context = getContext(options.origin)
  const reports: { name: string; location: string; checks: Diagnosis[] }[] = []
  const subjects = [...getDatabase({ config, parameters }), ...getStorages({ config, parameters })]
  for (const { name, location, diagnose } of subjects) {
    const checks: Diagnosis[] = []
    if (!isJson) output.print(`${name}  ${location}`.trim())
    for await (const diagnosis of examine(diagnose(context))) {
      checks.push(diagnosis)
      if (!isJson) output.print(describe(diagnosis))
      // Leaving takes the small file away.
      if (signal.aborted) return EXIT.interrupted
    }
    reports.push({ name, location, checks })
  }
  const checks = reports.flatMap((report) => report.checks)
  const isHealthy = checks.every(({ status }) => status !== 'failed')
  output.print(isJson ? JSON.stringify(asJson(isHealthy, reports), null, 2) : getSummary(checks))
  return isHealthy ? EXIT.success : EXIT.failure
}

/** The database is apart from the storages, which have a location. */
function asJson(ok: boolean, reports: readonly { name: string; location: string; checks: Diagnosis[] }[]) {
  const database = reports.find(({ location }) => location === '')
  const storages = reports.filter(({ location }) => location !== '')
  return { ok, ...(database === undefined ? {} : { database: { checks: database.checks } }), storages }
}

function getDatabase({ config, parameters }: Pick<CommandCall, 'config' | 'parameters'>): Subject[] {
  const { db } = config
  if (db === undefined || parameters.length > 0) return []
  return [{ name: 'database', location: '', diagnose: () => diagnoseDatabase(db, config) }]
}

function getStorages({ config, parameters }: Pick<CommandCall, 'config' | 'parameters'>): Subject[] {
  const { storages = {} } = config
  const columns = getColumns(config).map(({ name }) => name)
  const wanted = parameters.length === 0 ? [...columns, ...Object.keys(storages)] : parameters
  const named = wanted.flatMap((wantedName) => {
    const byName = new Map(Object.entries(storages)).get(wantedName)
    const { name, storage } =
      byName === undefined ? requireColumn(config, wantedName) : { name: wantedName, storage: byName }
    return getLocations(storage).map((location, depth) => ({
      name: `${name}${' fallback'.repeat(depth)}`,
      storage: location,
    }))
  })
  // One that is named and used is examined once.
  const distinct = named.filter(({ storage }, index) => named.findIndex((other) => other.storage === storage) === index)
  return distinct.map(({ name, storage }) => ({
    name,
    location: storage.location,
    diagnose: (context) => storage.diagnose(context),
  }))
}

/** @throws {UsageError} for what is no address of a site */
function getContext(origin: string | boolean | undefined): DiagnosisContext {
  if (origin === undefined) return {}
  const href = String(origin)
  if (!/^https?:/.test(href) || !URL.canParse(href)) {
    throw new UsageError(`--origin is ${href}, and must be an address such as https://admin.example.com.`)
  }
  return { origin: new URL(href).origin }
}

/** A storage of somebody else's may fail in its own way. */
async function* examine(checks: AsyncGenerator<Diagnosis>): AsyncGenerator<Diagnosis> {
  try {
    yield* checks
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    yield { check: 'diagnosis', status: 'failed', message: `The checks broke off: ${message}` }
  }
}

function describe({ check, status, message, remedy }: Diagnosis): string {
  const line = `  ${status.padEnd(8)}${check.padEnd(18)}${message}`
  return remedy === undefined || status === 'ok' ? line : `${line}\n${' '.repeat(28)}To mend it: ${remedy}`
}

function getSummary(checks: readonly Diagnosis[]): string {
  const count = (wanted: Diagnosis['status']) => checks.filter(({ status }) => status === wanted).length
  const warnings = count('warning')
  return `${count('ok')} ok, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, ${count('failed')} failed`
}
