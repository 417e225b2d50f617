import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '#platform/db/database.ts'

/** A database of its own for one test file, cloned from the migrated template. */
export interface TestDatabase {
  /** As the server sees it: role app, row-level security forced. */
  readonly db: Database
  /** As the owner: for looking behind the curtain and for tampering. */
  readonly owner: pg.Pool
  readonly ownerConfig: pg.ClientConfig
  readonly appConfig: pg.PoolConfig
  close(): Promise<void>
}

/** @param through another way for the role app than the direct one */
export async function testDatabase(
  through: (app: pg.PoolConfig) => Promise<pg.PoolConfig> = async (app) => app,
): Promise<TestDatabase> {
  const access = inject('cluster')
  const database = `t_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ ...access.owner, database: 'postgres' })
  await admin.connect()
  await admin.query(`create database ${database} template plumbline_template strategy file_copy`)
  const ownerConfig = { ...access.owner, database }
  const appConfig = await through({ ...access.app, database })
  const db = await openDatabase(appConfig)
  const owner = new pg.Pool({ ...ownerConfig, max: 3 })
  // Dropping the database ends what is still closing.
  owner.on('error', () => undefined)
  return {
    db,
    owner,
    ownerConfig,
    appConfig,
    async close() {
      await db.close()
      await owner.end()
      await admin.query(`drop database ${database} with (force)`)
      await admin.end()
    },
  }
}
