import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { withClient } from './with-client.ts'

const folder = join(import.meta.dirname, '../../../migrations')

interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8')
      return { number: Number(name.slice(0, 4)), name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/**
 * Brings a database to this version's schema, as its owner. Forward only; each file runs in one transaction; two
 * servers starting together wait for each other. Throws when an applied file was edited or the database is newer.
 * @param upTo number of the last migration to apply: a restore first needs the schema of its backup
 * @returns the names of the files applied now
 */
export async function migrate(owner: pg.ClientConfig, upTo = Number.POSITIVE_INFINITY): Promise<string[]> {
  return withClient(owner, async (client) => {
    await client.query('select pg_advisory_lock(7270)')
    await client.query(`create table if not exists migration (
      number int primary key, name text not null, sha256 text not null, applied_at timestamptz(3) not null default now())`)
    const applied = new Map<number, { name: string; sha256: string }>()
    for (const row of (await client.query('select number, name, sha256 from migration')).rows)
      applied.set(row.number, row)
    const migrations = await readMigrations()
    const newest = migrations.at(-1)?.number ?? 0
    for (const number of applied.keys()) {
      if (number > newest) {
        throw new Error(
          `The database has schema ${number}, this Plumbline only knows ${newest}: start the newer version.`,
        )
      }
    }
    const done: string[] = []
    for (const migration of migrations.filter((one) => one.number <= upTo)) {
      const before = applied.get(migration.number)
      if (before) {
        if (before.sha256 !== migration.sha256) {
          throw new Error(`Migration ${before.name} was changed after it had been applied: restore the original file.`)
        }
        continue
      }
      await apply(client, migration)
      done.push(migration.name)
    }
    return done
  })
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into migration (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

/** Number of the newest migration this version has. */
export async function latestSchema(): Promise<number> {
  return (await readMigrations()).at(-1)?.number ?? 0
}

/** Number of the last migration a database has seen; null when it is empty. */
export async function schemaOf(client: pg.ClientBase): Promise<number | null> {
  const known = await client.query<{ there: boolean }>(`select to_regclass('public.migration') is not null as there`)
  if (known.rows[0]?.there !== true) return null
  const last = await client.query<{ number: number | null }>('select max(number) as number from migration')
  return last.rows[0]?.number ?? null
}
