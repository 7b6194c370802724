import { eq } from 'drizzle-orm'
import type { AuthDatabase } from './auth-database.ts'
import { authTables } from './auth-tables.ts'
import { toHex } from './sha256.ts'

/** The secret that all servers on this database share: 256 random bits, made by whichever server comes first. */
export async function readSharedSecret(db: AuthDatabase): Promise<string> {
  const stored = await findSecret(db)
  if (stored !== null) return stored
  const value = toHex(crypto.getRandomValues(new Uint8Array(32)))
  // Two servers may both have found nothing: only one of them inserts, and both read what it inserted.
  await db.insert(secret).values({ name: SESSION_SECRET, value }).onConflictDoNothing()
  const agreed = await findSecret(db)
  if (agreed === null) throw new Error('The table vitrine_secret did not keep the secret that was put into it.')
  return agreed
}

async function findSecret(db: AuthDatabase): Promise<string | null> {
  const [row] = await db.select().from(secret).where(eq(secret.name, SESSION_SECRET))
  return row?.value ?? null
}

const { secret } = authTables
const SESSION_SECRET = 'session'
