import { type ClientBase, escapeIdentifier } from 'pg'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { BackupWriter } from './container.ts'
import type { Manifest, ManifestMember, ManifestSequence, ManifestTable } from './manifest.ts'
import { exactOutput, guardedTables, memberOf, readSequenceNames, readTables, sqlName, type Table } from './tables.ts'

export type DatabaseDump = Pick<Manifest, 'schemaVersion' | 'postgresVersion' | 'tables' | 'sequences' | 'members'>

/** How much text one fetch should bring, in characters: enough to hide the trip, little enough to hold. */
const fetchTarget = 500_000

/**
 * Writes every row of the installation's tables as one consistent state, one NDJSON member per table. A line is an
 * object from column name to value or null, each value the text PostgreSQL itself writes and reads for its type: no
 * number is rounded, no JSON rewritten. Lines are in order of the primary key, so equal contents give equal members.
 * Refuses `backup.rows_hidden`: a backup that lacks rows without saying so is worse than none.
 * @param client connected as the owner of the tables, in no transaction
 * @param schemaVersion asked inside the same state
 */
export async function dumpDatabase(
  client: ClientBase,
  schemaVersion: (client: ClientBase) => Promise<number>,
  writer: BackupWriter,
  progress: (done: number, total: number) => void,
): Promise<Result<DatabaseDump>> {
  await client.query('begin transaction isolation level repeatable read, read only')
  try {
    await client.query(exactOutput)
    const tables = await readTables(client)
    if (tables.length > 0) await client.query(`lock table ${tables.map(sqlName).join(', ')} in access share mode`)
    const hidden = await guardedTables(client, tables, 'reading')
    if (hidden.length > 0) {
      return refuse(
        'backup.rows_hidden',
        `Row-level security may hide rows of ${hidden.join(', ')} from this database role. Back up as the owner role of the database.`,
        { tables: hidden },
      )
    }
    const version = await schemaVersion(client)
    const dumped: ManifestTable[] = []
    const members: ManifestMember[] = []
    for (const table of tables) {
      const { schema, name, columns } = table
      let rows = 0
      const member = await writer.add(
        memberOf(table),
        linesOf(client, table, (fetched) => {
          rows += fetched
        }),
      )
      members.push(member)
      dumped.push({ schema, name, columns: [...columns], rows, member: member.path })
      progress(dumped.length, tables.length)
    }
    // Last, because sequences are outside the consistent state: so none is behind the rows.
    const sequences = await readSequences(client)
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    const postgresVersion = rows[0]?.server_version ?? ''
    return ok({ schemaVersion: version, postgresVersion, tables: dumped, sequences, members })
  } finally {
    // A lost connection has ended the transaction already; what failed first is the error to tell.
    await client.query('rollback').catch(() => {})
  }
}

async function* linesOf(client: ClientBase, table: Table, count: (rows: number) => void): AsyncGenerator<Buffer> {
  const columns = table.columns.map(({ name }) => `t.${escapeIdentifier(name)}::text as ${escapeIdentifier(name)}`)
  const order = table.primaryKey.map((name) => `t.${escapeIdentifier(name)}`)
  await client.query(`
    declare backup_rows no scroll cursor for
    select row_to_json(r)::text from (
      select ${columns.join(', ')} from ${sqlName(table)} t ${order.length > 0 ? `order by ${order.join(', ')}` : ''}
    ) r`)
  for (let batch = 100; ; ) {
    const { rows } = await client.query<[string]>({ text: `fetch ${batch} from backup_rows`, rowMode: 'array' })
    if (rows.length === 0) break
    const text = rows.map(([line]) => `${line}\n`).join('')
    count(rows.length)
    yield Buffer.from(text)
    batch = Math.min(20_000, Math.max(1, Math.floor((fetchTarget * rows.length) / text.length)))
  }
  await client.query('close backup_rows')
}

async function readSequences(client: ClientBase): Promise<ManifestSequence[]> {
  const sequences: ManifestSequence[] = []
  for (const { schema, name } of await readSequenceNames(client)) {
    const { rows } = await client.query<Pick<ManifestSequence, 'lastValue' | 'isCalled'>>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${sqlName({ schema, name })}`,
    )
    if (rows[0] !== undefined) sequences.push({ schema, name, ...rows[0] })
  }
  return sequences
}
