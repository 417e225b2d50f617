import pg from 'pg'
import { appRole, databaseName, ownerRole, socketAccess } from './connection.ts'

/**
 * Makes the database and the role `app` in an embedded cluster, and puts the role's rights right where they were
 * changed. Doing it again changes nothing. Schema and rights on tables are the migrations' business.
 */
export async function prepareDatabase(socketFolder: string, port: number): Promise<void> {
  const client = new pg.Client(socketAccess(socketFolder, port, 'postgres').owner)
  // The error also rejects the query that was running.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean; rights: boolean }>(
      `select exists (select from pg_roles where rolname = $2 and rolcanlogin and not (rolsuper or rolbypassrls
                or rolcreatedb or rolcreaterole or rolreplication)) as role,
              exists (select from pg_database where datname = $1) as database,
              exists (select from pg_database where datname = $1 and datacl is not null
                and not exists (select from aclexplode(datacl) where grantee = 0)
                and exists (select from aclexplode(datacl) join pg_roles r on r.oid = grantee where rolname = $2)) as rights`,
      [databaseName, appRole],
    )
    if (rows[0]?.role !== true) {
      const known = await client.query('select from pg_roles where rolname = $1', [appRole])
      await client.query(
        `${known.rowCount === 0 ? 'create' : 'alter'} role ${appRole} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication`,
      )
    }
    if (rows[0]?.database !== true) await client.query(`create database ${databaseName} owner ${ownerRole}`)
    if (rows[0]?.rights !== true) {
      await client.query(
        `revoke all on database ${databaseName} from public; grant connect on database ${databaseName} to ${appRole}`,
      )
    }
  } finally {
    await client.end()
  }
}
