import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { importCatalogue } from '#modules/catalogue/server/import-catalogue.ts'
import { migrate } from '#platform/db/migrate.ts'
import type { DatabaseAccess } from '#platform/postgres/connection.ts'
import { startTestCluster } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly cluster: DatabaseAccess
  }
}

/** One PostgreSQL for the whole run, with a migrated template every database test clones. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster()
  try {
    const { owner } = cluster.access
    const admin = new pg.Client({ ...owner, database: 'postgres' })
    await admin.connect()
    await admin.query('create database plumbline_template')
    await admin.end()
    await migrate({ ...owner, database: 'plumbline_template' })
    await importCatalogue({ ...owner, database: 'plumbline_template' })
  } catch (error) {
    await cluster.stop()
    throw error
  }
  project.provide('cluster', cluster.access)
  return () => cluster.stop()
}
