import type { AuthTable, DefaultedColumn, NullableColumn, RequiredColumn } from './auth-columns.ts'
import { boolean, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const moment = (name: string) => timestamp(name, { withTimezone: true })

const user: UserTable = pgTable('vitrine_user', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
})

const userId = () =>
  text('user_id')
    .notNull()
    .references(() => user.id, { onDelete: 'cascade' })

const session: SessionTable = pgTable(
  'vitrine_session',
  {
    id: text('id').primaryKey(),
    token: text('token').notNull().unique(),
    userId: userId(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [index('vitrine_session_user_id').on(table.userId)],
)

const account: AccountTable = pgTable(
  'vitrine_account',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: userId(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [index('vitrine_account_user_id').on(table.userId)],
)

const verification: VerificationTable = pgTable(
  'vitrine_verification',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [index('vitrine_verification_identifier').on(table.identifier)],
)

const rateLimit: RateLimitTable = pgTable(
  'vitrine_rate_limit',
  {
    key: text('key').primaryKey(),
    count: integer('count').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('vitrine_rate_limit_expires_at').on(table.expiresAt)],
)

const secret: SecretTable = pgTable('vitrine_secret', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
})

/** Vitrine's own tables, by better-auth's name of each. */
export interface AuthTables {
  user: UserTable
  session: SessionTable
  account: AccountTable
  verification: VerificationTable
  rateLimit: RateLimitTable
  secret: SecretTable
}

/**
 * The tables that signing in needs. {@link createAuth} creates them at first use; export them from your own schema
 * only when drizzle-kit, or a role that may not create tables, is to manage them.
 */
export const authTables: AuthTables = { user, session, account, verification, rateLimit, secret }

type Timestamps = { createdAt: DefaultedColumn<Date>; updatedAt: DefaultedColumn<Date> }

/** Who may sign in. `email` is in lower case. */
export type UserTable = AuthTable<
  Timestamps & {
    id: RequiredColumn<string>
    name: RequiredColumn<string>
    email: RequiredColumn<string>
    emailVerified: DefaultedColumn<boolean>
    image: NullableColumn<string>
  }
>

/** Who is signed in. `token` is the SHA-256 of what the cookie holds; `updatedAt` is when the session was last used. */
export type SessionTable = AuthTable<
  Timestamps & {
    id: RequiredColumn<string>
    token: RequiredColumn<string>
    userId: RequiredColumn<string>
    ipAddress: NullableColumn<string>
    userAgent: NullableColumn<string>
    expiresAt: RequiredColumn<Date>
  }
>

/** How each user signs in. `password` is a salted scrypt hash. */
export type AccountTable = AuthTable<
  Timestamps & {
    id: RequiredColumn<string>
    accountId: RequiredColumn<string>
    providerId: RequiredColumn<string>
    userId: RequiredColumn<string>
    accessToken: NullableColumn<string>
    refreshToken: NullableColumn<string>
    idToken: NullableColumn<string>
    accessTokenExpiresAt: NullableColumn<Date>
    refreshTokenExpiresAt: NullableColumn<Date>
    scope: NullableColumn<string>
    password: NullableColumn<string>
  }
>

/** Short-lived values that better-auth checks once. */
export type VerificationTable = AuthTable<
  Timestamps & {
    id: RequiredColumn<string>
    identifier: RequiredColumn<string>
    value: RequiredColumn<string>
    expiresAt: RequiredColumn<Date>
  }
>

/** Failed attempts by hashed key; a row that has expired counts as absent. */
export type RateLimitTable = AuthTable<{
  key: RequiredColumn<string>
  count: RequiredColumn<number>
  expiresAt: RequiredColumn<Date>
}>

/** What every server on this database must agree on. */
export type SecretTable = AuthTable<{
  name: RequiredColumn<string>
  value: RequiredColumn<string>
}>
