import { createAdmin, tableConfig } from 'vitrine'
import { createAuth } from 'vitrine/auth'
import { serve } from 'vitrine/node'
import { DEMO_EMAIL, prepareAccount } from './demo-account.ts'
import { openDatabase } from './open-database.ts'
import { director, movie, studio } from './schema.ts'
import { removeAllFiles, seed } from './seed.ts'
import { readSettings } from './settings.ts'
import { createStorages } from './storages.ts'

const settings = readSettings(process.env, process.argv.slice(2))

try {
  const { db, close } = await openDatabase(settings)
  const storages = createStorages(settings)
  if (settings.reset) await removeAllFiles(storages)
  await seed(db, storages)

  const auth = createAuth({ db })
  const password = await prepareAccount(auth, settings)

  const admin = createAdmin({
    db,
    auth,
    siteName: 'Movie demo',
    readOnly: settings.readOnly,
    locale: settings.pseudoLocale ? 'en-XB' : 'en',
    trustedProxies: settings.trustedProxies,
    tables: [
      tableConfig({
        table: movie,
        group: 'Catalogue',
        mediaStorage: [
          storages.poster,
          storages.screenshots,
          storages.trailer,
          storages.soundtrack,
          storages.pressKit,
          storages.boxOfficeData,
        ],
      }),
      tableConfig({ table: director, group: 'People and companies', mediaStorage: [storages.photo] }),
      tableConfig({ table: studio, group: 'People and companies' }),
    ],
  })
  await admin.ready

  const server = await serve(admin, { port: settings.port, hostname: settings.host })
  console.log(`\nThe movie demo is ready.\n\n  Address   ${server.url}\n  E-mail    ${DEMO_EMAIL}`)
  console.log(`  Password  ${password}\n\nIts data are in ${settings.dataFolder}; Ctrl+C stops it.`)

  const stop = async () => {
    await server.close()
    await close()
    process.exit(0)
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
} catch (error) {
  console.error(`The movie demo cannot start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
