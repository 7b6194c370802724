import { eq, sql } from 'drizzle-orm'
import { hashPassword } from 'better-auth/crypto'
import type { AuthDatabase } from './auth-database.ts'
import { AuthError } from './auth-error.ts'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './auth-options.ts'
import { authTables } from './auth-tables.ts'
import type { AdminUser } from './authenticator.ts'

/** Somebody who is to use the admin. */
export interface NewUser {
  /** What to sign in with; case does not matter. */
  email: string
  /** For people. */
  name: string
  /** 8 to 128 characters. */
  password: string
}

export async function createUser(db: AuthDatabase, { email, name, password }: NewUser): Promise<AdminUser> {
  const created = { id: crypto.randomUUID(), name: checkName(name), email: checkEmail(email) }
  const hash = await hashPassword(checkPassword(password))
  await db.transaction(async (transaction) => {
    const [inserted] = await transaction.insert(user).values(created).onConflictDoNothing().returning()
    if (inserted === undefined) throw new AuthError('CONFLICT', `There is a user with the address ${created.email}.`)
    await transaction.insert(account).values({
      id: crypto.randomUUID(),
      accountId: created.id,
      providerId: PASSWORD_PROVIDER,
      userId: created.id,
      password: hash,
    })
  })
  return created
}

export async function findUser(db: AuthDatabase, email: string): Promise<AdminUser | null> {
  const [found] = await db
    .select({ id: user.id, name: user.name, email: user.email })
    .from(user)
    .where(eq(user.email, email.trim().toLowerCase()))
  return found ?? null
}

/** Gives a user another password, and ends his sessions. */
export async function setPassword(db: AuthDatabase, email: string, password: string): Promise<void> {
  const hash = await hashPassword(checkPassword(password))
  const found = await findUser(db, email)
  if (found === null) throw new AuthError('NOT_FOUND', `There is no user with the address ${email}.`)
  await db.transaction(async (transaction) => {
    await transaction
      .update(account)
      .set({ password: hash, updatedAt: new Date() })
      .where(sql`${account.userId} = ${found.id} and ${account.providerId} = ${PASSWORD_PROVIDER}`)
    await transaction.delete(session).where(eq(session.userId, found.id))
  })
}

/** Deletes a user with his sessions; one who is gone already is no error. */
export async function deleteUser(db: AuthDatabase, email: string): Promise<void> {
  // Sessions and accounts go with the user: their foreign keys cascade.
  await db.delete(user).where(eq(user.email, email.trim().toLowerCase()))
}

function checkEmail(email: string): string {
  const normalized = email.trim().toLowerCase()
  if (EMAIL.test(normalized)) return normalized
  throw new AuthError('INVALID_VALUE', `"${email}" is not an e-mail address such as ada@example.com.`)
}

function checkName(name: string): string {
  const trimmed = name.trim()
  if (trimmed !== '') return trimmed
  throw new AuthError('INVALID_VALUE', 'A user has a name that is not empty.')
}

function checkPassword(password: string): string {
  if (password.length >= MIN_PASSWORD_LENGTH && password.length <= MAX_PASSWORD_LENGTH) return password
  const rule = `A password has ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters`
  throw new AuthError('INVALID_VALUE', `${rule}; this one has ${password.length}.`)
}

const { account, session, user } = authTables
/** better-auth's name for signing in with a password. */
const PASSWORD_PROVIDER = 'credential'
/** No wider than what better-auth lets sign in: a name, `@`, and a domain with a dot. */
const EMAIL = /^(?!\.)(?!.*\.\.)[a-z0-9_'+\-.]*[a-z0-9_+-]@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/
