import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { AdminOptions } from 'vitrine'
import { movie } from '../../examples/movies/schema.ts'
import { mediaWorldIn } from './media-world.ts'
import { startMovieAdmin } from './movie-admin.ts'

// As run-admin.ts, with rows.
const [folder = '', told = '{}'] = process.argv.slice(2)
const options: Partial<AdminOptions> = JSON.parse(told)
const db = drizzle(new PGlite())
await migrate(db, { migrationsFolder: join(import.meta.dirname, '../../examples/movies/migrations') })
await db.insert(movie).values(Array.from({ length: 50 }, (_, index) => ({ title: `Film ${index}` })))
const { url } = await (await startMovieAdmin({ ...mediaWorldIn(folder), db }, options)).listen()
process.stdout.write(`${url}\n`)
