import { sql } from 'drizzle-orm'
import type { AuthDatabase, AuthQueries } from './auth-database.ts'

/**
 * Creates the tables that signing in needs, if any of them is missing. A role that may not create tables is fine when
 * they are there already.
 */
export async function createTables(db: AuthDatabase): Promise<void> {
  if (await areTablesThere(db)) return
  await db.transaction(async (transaction) => {
    // Two servers that start at once: "create table if not exists" alone fails in one of them on the catalogue's
    // unique index, so that one waits here and then finds the tables.
    await transaction.execute(sql`select pg_advisory_xact_lock(7309453652815114)`)
    if (await areTablesThere(transaction)) return
    for (const statement of STATEMENTS) await transaction.execute(sql.raw(statement))
  })
}

async function areTablesThere(db: AuthQueries): Promise<boolean> {
  // Not to_regclass(): it answers from a cache of this connection, which does not see what another has just created.
  const [found] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(sql`pg_catalog.pg_class`)
    .where(sql`relname in ${TABLE_NAMES} and pg_table_is_visible(oid)`)
  return found?.count === TABLE_NAMES.length
}

const TABLE_NAMES = [
  'vitrine_user',
  'vitrine_session',
  'vitrine_account',
  'vitrine_verification',
  'vitrine_rate_limit',
  'vitrine_secret',
]

const TIMESTAMPS = `
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()`

const USER_ID = 'user_id text not null references vitrine_user (id) on delete cascade'

/** The same tables as `authTables` describes. */
const STATEMENTS = [
  `create table if not exists vitrine_user (
    id text primary key,
    name text not null,
    email text not null constraint vitrine_user_email_unique unique,
    email_verified boolean not null default false,
    image text,${TIMESTAMPS}
  )`,
  `create table if not exists vitrine_session (
    id text primary key,
    token text not null constraint vitrine_session_token_unique unique,
    ${USER_ID},
    ip_address text,
    user_agent text,
    expires_at timestamptz not null,${TIMESTAMPS}
  )`,
  `create table if not exists vitrine_account (
    id text primary key,
    account_id text not null,
    provider_id text not null,
    ${USER_ID},
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz,
    scope text,
    password text,${TIMESTAMPS}
  )`,
  `create table if not exists vitrine_verification (
    id text primary key,
    identifier text not null,
    value text not null,
    expires_at timestamptz not null,${TIMESTAMPS}
  )`,
  `create table if not exists vitrine_rate_limit (
    key text primary key,
    count integer not null,
    expires_at timestamptz not null
  )`,
  `create table if not exists vitrine_secret (
    name text primary key,
    value text not null
  )`,
  'create index if not exists vitrine_session_user_id on vitrine_session (user_id)',
  'create index if not exists vitrine_account_user_id on vitrine_account (user_id)',
  'create index if not exists vitrine_verification_identifier on vitrine_verification (identifier)',
  'create index if not exists vitrine_rate_limit_expires_at on vitrine_rate_limit (expires_at)',
]
