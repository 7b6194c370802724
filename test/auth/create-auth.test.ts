import { getTableConfig } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { AuthError, authTables, createAuth } from 'vitrine/auth'
import { ADA, getCookie, emptyDatabase, newDatabase, startServer, startServerWithAda } from './server.ts'

const db = newDatabase()
beforeEach(() => emptyDatabase(db))

describe('two servers on one database', () => {
  it('create the tables once when they start at the same time, and agree on the secret', async () => {
    const servers = Array.from({ length: 5 }, () => startServer({ db }))
    await Promise.all(servers.map(({ auth }) => auth.findUser('nobody@example.com')))
    const { rows } = await db.execute(sql`select name, length(value) as length from vitrine_secret`)
    expect(rows).toEqual([{ name: 'session', length: 64 }])
  })

  it('take each other’s sessions, and end them for each other', async () => {
    const [first, second] = [await startServerWithAda({ db }), startServer({ db })]
    const cookie = getCookie(await first.signIn())
    expect((await second.send('/api/session', { headers: { cookie } })).status).toBe(200)
    await second.send('/api/auth/sign-out', { method: 'POST', headers: { cookie } })
    expect((await first.send('/api/session', { headers: { cookie } })).status).toBe(401)
  })

  it('with different secrets do not take each other’s sessions', async () => {
    const first = await startServerWithAda({ db, auth: { secret: 'a'.repeat(16) + 'bcdefghijklmnopq' } })
    const second = startServer({ db, auth: { secret: 'z'.repeat(16) + 'bcdefghijklmnopq' } })
    const cookie = getCookie(await first.signIn())
    expect((await first.send('/api/session', { headers: { cookie } })).status).toBe(200)
    expect((await second.send('/api/session', { headers: { cookie } })).status).toBe(401)
    expect((await db.execute(sql`select * from vitrine_secret`)).rows).toEqual([])
  })
})

describe('the first use', () => {
  it('does nothing to the database before it', async () => {
    createAuth({ db })
    const { rows } = await db.execute(sql`select to_regclass('vitrine_user') as found`)
    expect(rows).toEqual([{ found: null }])
  })

  it('is tried again after it failed', async () => {
    let isDown = true
    const faulty = new Proxy(db, {
      get(target, name) {
        if (isDown && name === 'select') throw new Error('The database is down.')
        return Reflect.get(target, name, target)
      },
    })
    const { auth } = startServer({ db: faulty })
    await expect(auth.createUser(ADA)).rejects.toThrow('The database is down.')
    isDown = false
    await expect(auth.createUser(ADA)).resolves.toMatchObject({ name: 'Ada' })
  })

  it('needs no right to create tables when they are there', async () => {
    await startServerWithAda({ db })
    const statements: string[] = []
    const watching = new Proxy(db, {
      get(target, name) {
        if (name === 'transaction' || name === 'execute') statements.push(name)
        return Reflect.get(target, name, target)
      },
    })
    await startServer({ db: watching }).auth.findUser(ADA.email)
    expect(statements).toEqual([])
  })

  it('makes the tables that authTables describes', async () => {
    await startServerWithAda({ db })
    for (const table of Object.values(authTables)) {
      const { name, columns, indexes } = getTableConfig(table)
      const { rows } = await db.execute(sql`
        select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as "notNull",
          a.atthasdef as "hasDefault"
        from pg_attribute a where a.attrelid = ${name}::regclass and a.attnum > 0 order by a.attname`)
      expect(rows).toEqual(
        columns
          .map((column) => ({
            name: column.name,
            type: column.getSQLType(),
            notNull: column.notNull,
            hasDefault: column.hasDefault,
          }))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      )
      const found = await db.execute<{ name: string }>(
        sql`select indexname as name from pg_indexes where tablename = ${name} and indexname not like '%_pkey'`,
      )
      const expected = [
        ...indexes.map(({ config }) => config.name),
        ...columns.filter(({ isUnique }) => isUnique).map(({ uniqueName }) => uniqueName),
      ]
      expect(new Set(found.rows.map((row) => row.name))).toEqual(new Set(expected))
    }
  })
})

describe('a user', () => {
  it('is found by address in any case', async () => {
    const { auth } = await startServerWithAda({ db })
    expect(await auth.findUser(' ADA@example.com')).toEqual({ id: expect.any(String), name: 'Ada', email: ADA.email })
    expect(await auth.findUser('eve@example.com')).toBeNull()
  })

  it('is made once for an address', async () => {
    const { auth } = await startServerWithAda({ db })
    const again = auth.createUser({ ...ADA, email: 'ADA@example.com' })
    await expect(again).rejects.toThrow('There is a user with the address ada@example.com.')
    await expect(again).rejects.toBeInstanceOf(AuthError)
    expect((await db.execute(sql`select 1 from vitrine_account`)).rows).toHaveLength(1)
  })

  it.each([
    [{ email: 'ada' }, '"ada" is not an e-mail address such as ada@example.com.'],
    [{ email: 'ada@localhost' }, '"ada@localhost" is not an e-mail address such as ada@example.com.'],
    [{ name: ' ' }, 'A user has a name that is not empty.'],
    [{ password: 'seven77' }, 'A password has 8 to 128 characters; this one has 7.'],
    [{ password: 'x'.repeat(129) }, 'A password has 8 to 128 characters; this one has 129.'],
  ])('is not made of %j', async (change, message) => {
    const { auth } = startServer({ db })
    await expect(auth.createUser({ ...ADA, ...change })).rejects.toThrow(message)
  })

  it('has a password that is stored as a salted hash', async () => {
    const { auth } = await startServerWithAda({ db })
    await auth.createUser({ ...ADA, email: 'eve@example.com' })
    const { rows } = await db.execute<{ password: string }>(sql`select password from vitrine_account`)
    expect(rows.map(({ password }) => /^[0-9a-f]{32}:[0-9a-f]{128}$/.test(password))).toEqual([true, true])
    expect(rows[0]!.password).not.toBe(rows[1]!.password)
  })

  it('that is not there cannot be given a password, and can be deleted', async () => {
    const { auth } = startServer({ db })
    await expect(auth.setPassword('eve@example.com', 'vitrine-demo')).rejects.toThrow('There is no user')
    await expect(auth.deleteUser('eve@example.com')).resolves.toBeUndefined()
  })
})
